using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Tests.Testing;

/// <summary>What a corridor can be made to do wrong, to see that the contract check notices.</summary>
public enum Fault
{
    None,
    GlobalRandomness,
    ResetRemembers,
    ResetTouchesOthers,
    SaveForgets,
    LeavesObservationUnwritten,
    ObservationOutOfRange,
    MaskForbidsAll,
    RewardNotFinite,
    FlagIsTwo,
    UnequalTeamRewards,
    Allocates,
    CopiesIgnored,
    DuplicateNames,
}

/// <summary>Two walkers in a corridor of 5 cells; both are paid when they stand together, and reaching the end ends the episode.</summary>
public sealed class CorridorWorld(int copies, Fault fault) : IWorld
{
    private const int Cells = 5;

    private readonly int[] places = new int[2 * copies];
    private readonly float[] winds = new float[copies];
    private int age;

    public WorldSpec Spec { get; } = new(
        [
            new("left", new Box(2, 0, Cells), new Discrete(3), HasMask: true),
            new(fault == Fault.DuplicateNames ? "left" : "right", new Box(2, 0, Cells), new Discrete(3), HasMask: true),
        ],
        RewardConvention.TeamSum, MaxSteps: 12, StateWidth: 3);

    public int Copies { get; } = fault == Fault.CopiesIgnored ? 1 : copies;

    public void Reset(int copy, ref RandomStream random)
    {
        places[2 * copy] = random.NextInt(2) + (fault == Fault.ResetRemembers && age > 20 ? 1 : 0);
        places[(2 * copy) + 1] = random.NextInt(2);
        winds[copy] = 0;
        if (fault == Fault.ResetTouchesOthers)
        {
            winds[(copy + 1) % copies] = 0.25f;
        }
    }

    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        age++;
        var scratch = fault == Fault.Allocates ? new float[1] : null;
        for (var copy = 0; copy < copies; copy++)
        {
            winds[copy] = fault == Fault.GlobalRandomness ? Random.Shared.NextSingle() : random.NextSingle();
            for (var agent = 0; agent < 2; agent++)
            {
                ref var place = ref places[(2 * copy) + agent];
                place = Math.Clamp(place + (int)actions[agent][copy] - 1, 0, Cells - 1);
            }

            var reward = places[2 * copy] == places[(2 * copy) + 1] ? 1f : 0;
            rewards[copy] = fault == Fault.RewardNotFinite ? float.NaN : reward + (scratch?[0] ?? 0);
            rewards[copies + copy] = fault == Fault.UnequalTeamRewards ? reward + 1 : rewards[copy];
            terminated[copy] = places[2 * copy] == Cells - 1 ? (fault == Fault.FlagIsTwo ? 2 : 1) : 0;
        }
    }

    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            observations[2 * copy] = places[(2 * copy) + agent] + (fault == Fault.ObservationOutOfRange ? 3 : 0);
            if (fault != Fault.LeavesObservationUnwritten || copy > 0)
            {
                observations[(2 * copy) + 1] = winds[copy];
            }
        }
    }

    public void State(Span<float> state)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            (state[3 * copy], state[(3 * copy) + 1], state[(3 * copy) + 2]) = (places[2 * copy], places[(2 * copy) + 1], winds[copy]);
        }
    }

    public void Mask(int agent, Span<float> mask)
    {
        mask.Fill(fault == Fault.MaskForbidsAll ? 0 : 1);
        for (var copy = 0; copy < copies; copy++)
        {
            mask[3 * copy] = places[(2 * copy) + agent] > 0 && fault != Fault.MaskForbidsAll ? 1 : 0;
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("places", places);
        snapshot.Put<float>("winds", winds);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("winds", winds);
        if (fault != Fault.SaveForgets)
        {
            snapshot.GetInto<int>("places", places);
        }
    }
}
