using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// Where the memory of a group's agents begins: with what each remembered at the first step of the batch, and with nothing after an
/// episode, or its life, ended. Rows are those of <see cref="PolicyGroup"/>: step of the batch · agents + agent.
/// </summary>
/// <param name="agents">Indexes of the agents.</param>
/// <param name="width">Of the memory.</param>
/// <param name="rows">Rows of a minibatch, at most.</param>
internal sealed class Sequences(int[] agents, int width, int rows)
{
    private readonly float[] begun = new float[rows * width];
    private readonly bool[] forgets = new bool[rows];
    private float[] memories = []; // [copies, agents, width]
    private bool[] isFirst = [];   // [T · copies, agents]: nothing is remembered of the step before

    /// <summary>Takes a batch over.</summary>
    public void Fill(Batch batch)
    {
        if (isFirst.Length != batch.Steps * agents.Length)
        {
            isFirst = new bool[batch.Steps * agents.Length];
            memories = new float[batch.Copies * agents.Length * width];
        }

        for (var agent = 0; agent < agents.Length; agent++)
        {
            var (terminated, truncated) = (RolloutMessages.Terminated, RolloutMessages.Truncated);
            for (var step = batch.Copies; step < batch.Steps; step++)
            {
                var before = step - batch.Copies;
                isFirst[(step * agents.Length) + agent] = batch[agents[agent], terminated][before] + batch[agents[agent], truncated][before] > 0;
            }

            for (var copy = 0; copy < batch.Copies; copy++)
            {
                batch[agents[agent], RolloutMessages.Memory].Slice(copy * width, width).CopyTo(memories.AsSpan(((copy * agents.Length) + agent) * width));
            }
        }
    }

    /// <summary>What is remembered at the rows of the first moment of a minibatch: the first rows of the batch are its copies and agents.</summary>
    public ReadOnlySpan<float> Begun(ReadOnlySpan<int> first)
    {
        InputTable.Gather(memories, width, first, begun);
        return begun.AsSpan(0, first.Length * width);
    }

    /// <summary>Where nothing is remembered.</summary>
    public ReadOnlySpan<bool> Forgets(ReadOnlySpan<int> all)
    {
        for (var i = 0; i < all.Length; i++)
        {
            forgets[i] = isFirst[all[i]];
        }

        return forgets.AsSpan(0, all.Length);
    }
}
