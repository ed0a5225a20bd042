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
    private readonly bool[] isOwn;             // [steps, agents]: where there is something to learn from
    private readonly int[] rows;               // of a minibatch: step · agents + agent
    private readonly float[] block;            // one block of the four, gathered
    private readonly Sequences? sequences;     // of a policy with a memory
    private readonly int[] own;                // its rows that are learned from,
    private readonly int[] ownPlaces;          // where they stand among all rows of the minibatch,
    private readonly float[] ownLogits;        // and what the policy says there
    private readonly float[] ownGradients;
    private int moments;                       // T
    private bool hasFixedRoster = true;

    public PolicyGroup(PolicySpec spec, int[] agents, bool hasMask, int steps, int blockSteps, InputTable observations, ITrainableNetwork network)
    {
        (Spec, Agents, this.blockSteps, this.observations, this.network) = (spec, agents, blockSteps, observations, network);
        actionCount = spec.Choices;
        rows = new int[steps * agents.Length];
        actions = new float[rows.Length];
        logProbabilities = new float[rows.Length];
        advantages = new float[rows.Length];
        masks = new float[hasMask ? rows.Length * actionCount : 0];
        isOwn = new bool[rows.Length];
        block = new float[blockSteps * agents.Length * (3 + (hasMask ? actionCount : 0))];
        var remembered = spec.Network.Memory > 0 ? blockSteps * agents.Length : 0;
        sequences = remembered > 0 ? new(agents, spec.Network.Memory, remembered) : null;
        (own, ownPlaces) = (new int[remembered], new int[remembered]);
        (ownLogits, ownGradients) = (new float[remembered * actionCount], new float[remembered * actionCount]);
    }

    /// <summary>The policy.</summary>
    public PolicySpec Spec { get; }

    /// <summary>Indexes of its agents.</summary>
    public int[] Agents { get; }

    public void Dispose() => network.Dispose();

    /// <summary>Takes over what the agents did.</summary>
    public void Fill(Batch batch)
    {
        hasFixedRoster = batch.HasFixedRoster;
        moments = batch.Steps / batch.Copies;
        sequences?.Fill(batch);
        for (var i = 0; i < Agents.Length; i++)
        {
            Spread(batch[Agents[i], RolloutMessages.Action], actions, i, 1);
            Spread(batch[Agents[i], RolloutMessages.LogProbability], logProbabilities, i, 1);
            if (masks.Length > 0)
            {
                Spread(batch[Agents[i], RolloutMessages.Mask], masks, i, actionCount);
            }

            if (!hasFixedRoster)
            {
                Spread(batch.Own(Agents[i]).IsOwn, isOwn, i, 1);
            }
        }
    }

    /// <summary>Takes over how good it was: [steps], of the <paramref name="index"/>-th agent of the group.</summary>
    public void Judge(int index, ReadOnlySpan<float> stepAdvantages) => Spread(stepAdvantages, advantages, index, 1);

    /// <summary>
    /// Adds the gradient of the loss over a minibatch of steps, block by block; where the policy has a memory in one block, of all
    /// steps of some copies, the earliest first.
    /// </summary>
    public void Learn(ReadOnlySpan<int> steps, PolicyLoss loss, ref PolicySums sums)
    {
        if (sequences is not null)
        {
            LearnSequences(steps, loss, ref sums);
            return;
        }

        var left = rows.AsSpan(0, OwnRows.Of(steps, Agents.Length, hasFixedRoster ? [] : isOwn, rows));
        var weight = 1f / left.Length;
        while (left.Length > 0)
        {
            var part = left[..Math.Min(blockSteps * Agents.Length, left.Length)];
            observations.Gather(part, network.Inputs);
            var logits = network.Forward(part.Length);
            loss.Add(logits, Samples(part), weight, network.OutputGradients[..(part.Length * actionCount)], ref sums);
            network.Backward(part.Length);
            left = left[part.Length..];
        }
    }

    private void LearnSequences(ReadOnlySpan<int> steps, PolicyLoss loss, ref PolicySums sums)
    {
        var all = rows.AsSpan(0, OwnRows.Of(steps, Agents.Length, [], rows));
        observations.Gather(all, network.Inputs);
        var logits = network.Forward(all.Length, moments, sequences!.Begun(all[..(all.Length / moments)]), sequences.Forgets(all));
        var count = 0;
        for (var i = 0; i < all.Length; i++)
        {
            if (hasFixedRoster || isOwn[all[i]])
            {
                (own[count], ownPlaces[count]) = (all[i], i);
                logits.Slice(i * actionCount, actionCount).CopyTo(ownLogits.AsSpan(count++ * actionCount));
            }
        }

        if (count == 0)
        {
            return;
        }

        var length = count * actionCount;
        loss.Add(ownLogits.AsSpan(0, length), Samples(own.AsSpan(0, count)), 1f / count, ownGradients.AsSpan(0, length), ref sums);
        network.OutputGradients[..(all.Length * actionCount)].Clear(); // steps it waited in are carried through, and say nothing
        for (var i = 0; i < count; i++)
        {
            ownGradients.AsSpan(i * actionCount, actionCount).CopyTo(network.OutputGradients[(ownPlaces[i] * actionCount)..]);
        }

        network.Backward(all.Length);
    }

    private PolicySamples Samples(ReadOnlySpan<int> part)
    {
        var count = part.Length;
        var mask = block.AsSpan(3 * count, masks.Length > 0 ? count * actionCount : 0);
        InputTable.Gather(actions, 1, part, block.AsSpan(0, count));
        InputTable.Gather(logProbabilities, 1, part, block.AsSpan(count, count));
        InputTable.Gather(advantages, 1, part, block.AsSpan(2 * count, count));
        if (mask.Length > 0)
        {
            InputTable.Gather(masks, actionCount, part, mask);
        }

        return new(block.AsSpan(0, count), block.AsSpan(count, count), block.AsSpan(2 * count, count), mask);
    }

    /// <summary>Writes an agent's rows [steps, width] into its places of a table [steps, agents, width].</summary>
    private void Spread<T>(ReadOnlySpan<T> source, Span<T> table, int index, int width)
    {
        for (var i = 0; i < source.Length; i += width)
        {
            source.Slice(i, width).CopyTo(table[((i * Agents.Length) + (index * width))..]);
        }
    }
}
