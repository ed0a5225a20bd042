using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>
/// What all agents see, for a critic that judges some of them: a row for each it judges, which begins with what that one sees, and
/// goes on with what every agent does, in their order. Where an agent's life has ended and others go on, its last observation is
/// all that is in the row; nobody bootstraps from there.
/// </summary>
/// <param name="judged">Agents the critic judges, who see equally much.</param>
/// <param name="widths">By agent: floats it sees.</param>
internal sealed class JointTable(int[] judged, int[] widths) : InputTable(judged.Length, widths[judged[0]] + widths.Sum())
{
    private readonly int row = widths[judged[0]] + widths.Sum();

    protected override void Fill(Batch batch, Span<float> target)
    {
        target.Clear();
        for (var i = 0; i < judged.Length; i++)
        {
            Copy(batch, judged[i], target[(i * row)..]);
            for (int agent = 0, place = widths[judged[0]]; agent < widths.Length; place += widths[agent++])
            {
                Copy(batch, agent, target[((i * row) + place)..]);
            }
        }
    }

    /// <summary>Copies what an agent sees at every position, a row of one of the judged after another.</summary>
    private void Copy(Batch batch, int agent, Span<float> target)
    {
        var width = widths[agent];
        var steps = batch[agent, RolloutMessages.Observation];
        var next = batch[agent, RolloutMessages.NextObservation];
        var last = batch[agent, RolloutMessages.FinalObservation];
        for (var step = 0; step < batch.Steps + batch.Copies; step++)
        {
            var seen = step < batch.Steps ? steps.Slice(step * width, width) : next.Slice((step - batch.Steps) * width, width);
            seen.CopyTo(target[(step * Stride)..]);
        }

        for (var i = 0; i < last.Length / width; i++)
        {
            last.Slice(i * width, width).CopyTo(target[((batch.Steps + batch.Copies + batch.EndOf(agent, i)) * Stride)..]);
        }
    }
}
