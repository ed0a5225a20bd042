using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Tests.Stages;

/// <summary>The options of <see cref="LivesWorld"/>.</summary>
public sealed record LivesOptions(
    [Marl.Actors.Core.Options.Option("Steps after which an episode is cut.")] int MaxSteps = 5,
    [Marl.Actors.Core.Options.Option("Copy c reaches a terminal state in step Life + c; 0 for never.")] int Life = 0);

/// <summary>
/// A world to look at its stage with: an observation is [a number drawn at the reset, steps done since], the reward of agent i
/// is its action plus 10·i, and copies live for as long as the options say.
/// </summary>
internal sealed class LivesWorld(LivesOptions options, int copies) : IWorld
{
    private readonly float[] drawn = new float[copies];
    private readonly int[] age = new int[copies];

    public WorldSpec Spec { get; } = new(
        [new("quick", new Box(2), new Discrete(3), NoOp: 2), new("must-act", new Box(2), new Discrete(3))],
        RewardConvention.PerAgent,
        options.MaxSteps,
        StateWidth: 1);

    public int Copies => copies;

    public void Reset(int copy, ref RandomStream random)
    {
        drawn[copy] = random.NextSingle();
        age[copy] = 0;
    }

    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            age[copy]++;
            rewards[copy] = actions[0][copy];
            rewards[copies + copy] = actions[1][copy] + 10;
            terminated[copy] = options.Life > 0 && age[copy] >= options.Life + copy ? 1 : 0;
        }
    }

    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            (observations[2 * copy], observations[(2 * copy) + 1]) = (drawn[copy], age[copy]);
        }
    }

    public void State(Span<float> state)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            state[copy] = age[copy];
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("drawn", drawn);
        snapshot.Put<int>("age", age);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("drawn", drawn);
        snapshot.GetInto<int>("age", age);
    }
}
