using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Tests.Stages;

/// <summary>The options of <see cref="RosterWorld"/>.</summary>
public sealed record RosterOptions(
    [Option("Steps after which an episode is cut.")] int MaxSteps = 5,
    [Option("The mayfly dies in copy c with step Life + c.")] int Life = 2);

/// <summary>
/// A world to look at its stage with: a mayfly is there until it dies, a sleeper acts in every second step only. Both see
/// their copy's age; nothing ends the episode but the time limit.
/// </summary>
internal sealed class RosterWorld(RosterOptions options, int copies) : IWorld
{
    private readonly int[] age = new int[copies];

    public WorldSpec Spec { get; } = new(
        [new("mayfly", new Box(1), new Discrete(3)), new("sleeper", new Box(1), new Discrete(3))],
        RewardConvention.PerAgent,
        options.MaxSteps,
        StateWidth: 1,
        FixedRoster: false);

    public int Copies => copies;

    public void Reset(int copy, ref RandomStream random) => age[copy] = 0;

    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            age[copy]++;
            rewards[copies + copy] = 1;
        }
    }

    public void Observe(int agent, Span<float> observations) => State(observations);

    public void State(Span<float> state)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            state[copy] = age[copy];
        }
    }

    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            active[copy] = (agent == 0 ? age[copy] < options.Life + copy : age[copy] % 2 == 0) ? 1 : 0;
        }
    }

    public void Departed(int agent, Span<float> departed)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            departed[copy] = agent == 0 && age[copy] == options.Life + copy ? 1 : 0;
        }
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put<int>("age", age);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto<int>("age", age);
}
