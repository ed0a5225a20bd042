using System.Numerics;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Markets;

/// <summary>The options of <c>environment/task-allocation</c>.</summary>
public sealed record TaskAllocationOptions(
    [Option("Workers.", Minimum = 1, Maximum = 1000)] int Workers = 8,
    [Option("Tasks of a step, in a row.", Minimum = 1, Maximum = Stretches.MostItems)] int Tasks = 8,
    [Option("Neighbouring tasks that a worker can take on together at most.", Minimum = 1, Maximum = Stretches.MostItems)] int Longest = 1,
    [Option("How much more tasks are worth together: a stretch of k is worth the sum of its tasks times 1 + synergy · (k − 1).", Minimum = 0, Maximum = 100)] double Synergy = 0,
    [Option("Steps of an episode, each with new tasks.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 25);

/// <summary>
/// Work to be shared out: in every step there are new tasks, and what a task is worth when a worker does it is drawn uniformly
/// from 0 to 1 for each pair (the random assignment problem; Aldous, The ζ(2) limit in the random assignment problem, 2001). A
/// worker sees the worth of each lot it could take on, a task or a stretch of neighbouring ones, and takes one or nothing. It is
/// paid the worth. Of two that reach for the same task the later one in the roster does nothing.
/// </summary>
internal sealed class TaskAllocation : IWorld
{
    private readonly TaskAllocationOptions options;
    private readonly Values<ulong> lots;
    private readonly float[] worths; // [workers, copies, lots]
    private readonly ulong[] draws;  // [copies]: where each stands in its own random numbers

    public TaskAllocation(TaskAllocationOptions options, int copies)
    {
        this.options = options;
        Copies = copies;
        lots = Stretches.Of(options.Tasks, options.Longest);
        (worths, draws) = (new float[options.Workers * copies * lots.Count], new ulong[copies]);
        Spec = new(
            Enumerable.Range(0, options.Workers).Select(i => new AgentSpec($"worker-{i}", new Box(lots.Count, 0), new Discrete(lots.Count + 1), NoOp: 0)).ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: options.Workers * lots.Count);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        draws[copy] = random.NextBits();
        Draw(copy);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var taken = 0UL;
            for (var worker = 0; worker < options.Workers; worker++)
            {
                var lot = (int)actions[worker][copy] - 1;
                if (lot >= 0 && (taken & lots[lot]) == 0)
                {
                    taken |= lots[lot];
                    rewards[(worker * Copies) + copy] = Worths(worker, copy)[lot];
                }
            }

            Draw(copy);
        }
    }

    /// <summary>The worth of each lot.</summary>
    public void Observe(int agent, Span<float> observations) => worths.AsSpan(agent * Copies * lots.Count, Copies * lots.Count).CopyTo(observations);

    /// <summary>What all see.</summary>
    public void State(Span<float> state)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var worker = 0; worker < options.Workers; worker++)
            {
                Worths(worker, copy).CopyTo(state[(((copy * options.Workers) + worker) * lots.Count)..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("task-allocation.worths", worths);
        snapshot.Put<ulong>("task-allocation.draws", draws);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("task-allocation.worths", worths);
        snapshot.GetInto<ulong>("task-allocation.draws", draws);
    }

    private Span<float> Worths(int worker, int copy) => worths.AsSpan(((worker * Copies) + copy) * lots.Count, lots.Count);

    private void Draw(int copy)
    {
        var random = new RandomStream(draws[copy]);
        for (var worker = 0; worker < options.Workers; worker++)
        {
            var own = Worths(worker, copy);
            for (var lot = 0; lot < own.Length; lot++)
            {
                own[lot] = lot < options.Tasks ? random.NextSingle() : 0;
                for (var left = lots[lot]; lot >= options.Tasks && left != 0; left &= left - 1)
                {
                    own[lot] += own[BitOperations.TrailingZeroCount(left)];
                }

                own[lot] *= (float)(1 + (options.Synergy * (BitOperations.PopCount(lots[lot]) - 1)));
            }
        }

        draws[copy] = random.State;
    }
}
