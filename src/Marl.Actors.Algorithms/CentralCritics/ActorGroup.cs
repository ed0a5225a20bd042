using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Actions;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Agents that share a policy. A row is (transition, agent of the group), agents innermost.</summary>
/// <param name="group">Who they are.</param>
/// <param name="head">How outputs become actions.</param>
/// <param name="transitions">Transitions of a batch.</param>
/// <param name="items">Positions from a transition to what it led to.</param>
/// <param name="online">What learns.</param>
/// <param name="target">What says the next actions; the same where there is no other.</param>
internal sealed class ActorGroup(AgentGroup group, IActionHead head, int transitions, int items, ITrainableNetwork online, ITrainableNetwork target) : IDisposable
{
    private readonly int rows = transitions * group.Agents.Length;
    private readonly float[] noise = new float[transitions * group.Agents.Length * head.Width];
    private readonly float[] outputs = new float[transitions * group.Agents.Length * head.Outputs];
    private readonly float[] actions = new float[transitions * group.Agents.Length * head.Width];
    private readonly double[] logDensities = new double[transitions * group.Agents.Length];

    /// <summary>Who they are, and what they share.</summary>
    public AgentGroup Group => group;

    /// <summary>What they share.</summary>
    public PolicySpec Spec => group.Spec;

    /// <summary>Who they are.</summary>
    public GroupAgent[] Agents => group.Agents;

    /// <summary>Floats of an action as critics see it.</summary>
    public int Width => head.Width;

    /// <summary>The actions of the last <see cref="Act"/>: [rows, width].</summary>
    public ReadOnlySpan<float> Actions => actions;

    /// <summary>Their ln π: [rows].</summary>
    public ReadOnlySpan<double> LogDensities => logDensities;

    /// <summary>Acts anew: on what was seen, or on what followed it.</summary>
    /// <param name="batch">What was seen.</param>
    /// <param name="isNext">On what followed, by the target policy.</param>
    /// <param name="key">Of the noise.</param>
    public void Act(Message batch, bool isNext, RandomKey key)
    {
        var (network, later) = isNext ? (target, items) : (online, 0);
        Fill(batch[BatchMessages.Observation], later, network.Inputs);
        network.Forward(rows).CopyTo(outputs);
        var random = key.Stream();
        for (var row = 0; row < rows; row++)
        {
            var drawn = noise.AsSpan(row * head.Width, head.Width);
            head.Draw(ref random, drawn);
            logDensities[row] = head.Act(Outputs(row), Mask(batch, row, later), drawn, actions.AsSpan(row * head.Width, head.Width));
        }
    }

    /// <summary>Carries the gradient of the actions of the last <see cref="Act"/> (on what was seen) back to the parameters.</summary>
    /// <param name="batch">The same batch.</param>
    /// <param name="actionGradients">∂loss/∂action: [rows, width].</param>
    /// <param name="logGradients">∂loss/∂ ln π of a row.</param>
    /// <param name="penalty">∂(weight · mean square)/∂output is this times the output.</param>
    public void Blame(Message batch, ReadOnlySpan<float> actionGradients, double logGradients, double penalty)
    {
        var filled = batch[BatchMessages.Filled];
        var gradients = online.OutputGradients;
        for (var row = 0; row < rows; row++)
        {
            var target = gradients.Slice(row * head.Outputs, head.Outputs);
            if (filled[row / Agents.Length] == 0)
            {
                target.Clear();
                continue;
            }

            var seen = Outputs(row);
            head.Differentiate(
                seen, Mask(batch, row, 0), noise.AsSpan(row * head.Width, head.Width), actionGradients.Slice(row * head.Width, head.Width), logGradients, target);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] += (float)(penalty * seen[i]);
            }
        }

        online.Backward(rows);
    }

    public void Dispose()
    {
        online.Dispose();
        target.Dispose();
    }

    private ReadOnlySpan<float> Outputs(int row) => outputs.AsSpan(row * head.Outputs, head.Outputs);

    private ReadOnlySpan<float> Mask(Message batch, int row, int later)
    {
        var (transition, agent) = Math.DivRem(row, Agents.Length);
        var place = Agents[agent];
        if (place.MaskWidth == 0)
        {
            return [];
        }

        var masks = batch[BatchMessages.Mask];
        var stride = masks.Length / (transitions + items);
        return masks.Slice(((transition + later) * stride) + place.Mask, place.MaskWidth);
    }

    private void Fill(ReadOnlySpan<float> observations, int later, Span<float> inputs)
    {
        var (stride, width) = (observations.Length / (transitions + items), Spec.Network.Inputs);
        for (var row = 0; row < rows; row++)
        {
            var (transition, agent) = Math.DivRem(row, Agents.Length);
            var observation = observations.Slice(((transition + later) * stride) + Agents[agent].Observation, Spec.Observation.Width);
            ObservationRows.Write(Spec, agent, observation, inputs[(row * width)..]);
        }
    }
}
