using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Tests.Testing;

/// <summary>What a queue can be made to do wrong with those who wait and leave.</summary>
public enum QueueFault
{
    None,
    WaitingActs,
    MaskIgnoresWaiting,
    PaysBeforeTheFirstTurn,
    PaysAfterTheEnd,
    DepartsTwice,
    DepartedIsTwo,
}

/// <summary>Two in a queue: the first is served (action 1) and leaves, then the second; when both are gone the episode ends.</summary>
public sealed class QueueWorld(int copies, QueueFault fault) : IWorld
{
    private readonly int[] gone = new int[copies];
    private readonly bool[] left = new bool[copies];

    public WorldSpec Spec { get; } = new(
        [new("first", new Box(1, 0, 9), new Discrete(3), HasMask: true), new("second", new Box(1, 0, 9), new Discrete(3), HasMask: true)],
        RewardConvention.PerAgent,
        MaxSteps: 9,
        StateWidth: 1,
        FixedRoster: false);

    public int Copies => copies;

    public void Reset(int copy, ref RandomStream random) => (gone[copy], left[copy]) = (0, false);

    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            var turn = gone[copy];
            var isServed = turn < 2 && actions[turn][copy] == 1;
            isServed |= fault == QueueFault.WaitingActs && turn == 0 && actions[1][copy] == 2;
            rewards[copy] = (turn == 0 && isServed) || (turn == 1 && fault == QueueFault.PaysAfterTheEnd) ? 1 : 0;
            rewards[copies + copy] = (turn == 1 && isServed) || (turn == 0 && fault == QueueFault.PaysBeforeTheFirstTurn) ? 1 : 0;
            gone[copy] += isServed ? 1 : 0;
            left[copy] = isServed;
            terminated[copy] = gone[copy] == 2 ? 1 : 0;
        }
    }

    public void Observe(int agent, Span<float> observations) => State(observations);

    public void State(Span<float> state)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            state[copy] = gone[copy];
        }
    }

    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            mask[3 * copy] = 1;
            mask[(3 * copy) + 1] = gone[copy] == agent || fault == QueueFault.MaskIgnoresWaiting ? 1 : 0;
            mask[(3 * copy) + 2] = 0;
        }
    }

    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            active[copy] = gone[copy] == agent ? 1 : 0;
        }
    }

    public void Departed(int agent, Span<float> departed)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            var isTwice = fault == QueueFault.DepartsTwice && agent == 0 && gone[copy] == 1;
            departed[copy] = (left[copy] && gone[copy] == agent + 1) || isTwice ? fault == QueueFault.DepartedIsTwo ? 2 : 1 : 0;
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("gone", gone);
        snapshot.Put<bool>("left", left);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("gone", gone);
        snapshot.GetInto<bool>("left", left);
    }
}
