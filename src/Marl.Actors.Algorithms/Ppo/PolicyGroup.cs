using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>One policy and the agents that follow it. All tables are [steps, agents, …], so that a step's agents stay together.</summary>
internal sealed class PolicyGroup : IDisposable
{
    private readonly ITrainableNetwork network;
    private readonly InputTable observations;
    private readonly int blockSteps;
    private readonly int actionCount;
    private readonly float[] actions;          // [steps, agents]
    private readonly float[] logProbabilities; // [steps, agents]
    private readonly float[] advantages;       // [steps, agents]
    private readonly float[] masks;            // [steps, agents, actions], or empty
    private readonly float[] block;            // one block of the four, gathered

    public PolicyGroup(PolicySpec spec, int[] agents, bool hasMask, int steps, int blockSteps, InputTable observations, ITrainableNetwork network)
    {
        (Spec, Agents, this.blockSteps, this.observations, this.network) = (spec, agents, blockSteps, observations, network);
        actionCount = spec.Action.Count;
        var rows = steps * agents.Length;
        actions = new float[rows];
        logProbabilities = new float[rows];
        advantages = new float[rows];
        masks = new float[hasMask ? rows * actionCount : 0];
        block = new float[blockSteps * agents.Length * (3 + (hasMask ? actionCount : 0))];
    }

    /// <summary>The policy.</summary>
    public PolicySpec Spec { get; }

    /// <summary>Indexes of its agents.</summary>
    public int[] Agents { get; }

    public void Dispose() => network.Dispose();

    /// <summary>Takes over what the agents did.</summary>
    public void Fill(Batch batch)
    {
        for (var i = 0; i < Agents.Length; i++)
        {
            Spread(batch[Agents[i], RolloutMessages.Action], actions, i, 1);
            Spread(batch[Agents[i], RolloutMessages.LogProbability], logProbabilities, i, 1);
            if (masks.Length > 0)
            {
                Spread(batch[Agents[i], RolloutMessages.Mask], masks, i, actionCount);
            }
        }
    }

    /// <summary>Takes over how good it was: [steps], of the <paramref name="index"/>-th agent of the group.</summary>
    public void Judge(int index, ReadOnlySpan<float> stepAdvantages) => Spread(stepAdvantages, advantages, index, 1);

    /// <summary>Adds the gradient of the loss over a minibatch of steps, block by block.</summary>
    public void Learn(ReadOnlySpan<int> steps, PolicyLoss loss, ref PolicySums sums)
    {
        var weight = 1f / (steps.Length * Agents.Length);
        while (steps.Length > 0)
        {
            var part = steps[..Math.Min(blockSteps, steps.Length)];
            var rows = part.Length * Agents.Length;
            observations.Gather(part, network.Inputs);
            var logits = network.Forward(rows);
            loss.Add(logits, Samples(part), weight, network.OutputGradients[..(rows * actionCount)], ref sums);
            network.Backward(rows);
            steps = steps[part.Length..];
        }
    }

    private PolicySamples Samples(ReadOnlySpan<int> steps)
    {
        var count = Agents.Length;
        var rows = steps.Length * count;
        var mask = block.AsSpan(3 * rows, masks.Length > 0 ? rows * actionCount : 0);
        InputTable.Gather(actions, count, steps, block.AsSpan(0, rows));
        InputTable.Gather(logProbabilities, count, steps, block.AsSpan(rows, rows));
        InputTable.Gather(advantages, count, steps, block.AsSpan(2 * rows, rows));
        if (mask.Length > 0)
        {
            InputTable.Gather(masks, count * actionCount, steps, mask);
        }

        return new(block.AsSpan(0, rows), block.AsSpan(rows, rows), block.AsSpan(2 * rows, rows), mask);
    }

    /// <summary>Writes an agent's rows [steps, width] into its places of a table [steps, agents, width].</summary>
    private void Spread(ReadOnlySpan<float> source, Span<float> table, int index, int width)
    {
        for (var i = 0; i < source.Length; i += width)
        {
            source.Slice(i, width).CopyTo(table[((i * Agents.Length) + (index * width))..]);
        }
    }
}
