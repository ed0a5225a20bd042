using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace MarlApp;

/// <summary>What pipeline files may say of the world under <c>with:</c>.</summary>
/// <param name="Cells">How long the line is.</param>
public sealed record MeetingOptions([Option("Cells of the line.", Minimum = 2, Maximum = 100)] int Cells = 9);

/// <summary>Two walkers on a line, each paid for being near the other. All copies step together.</summary>
public sealed class MeetingWorld(MeetingOptions options, int copies) : IWorld
{
    private readonly int[] cells = new int[2 * copies]; // [walkers, copies]

    /// <summary>The catalog entry: this property is all it takes to use the world in a pipeline file.</summary>
    public static Component Component { get; } = WorldComponent.Of<MeetingOptions>(
        "environment/meeting", "Two walkers on a line try to meet.", "MarlApp", SpecOf, (options, copies) => new MeetingWorld(options, copies));

    /// <inheritdoc/>
    public WorldSpec Spec => SpecOf(options);

    /// <inheritdoc/>
    public int Copies => copies;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        for (var walker = 0; walker < 2; walker++)
        {
            cells[(walker * copies) + copy] = random.NextInt(options.Cells);
        }
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var walker = 0; walker < 2; walker++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                var step = (int)actions[walker][copy] - 1; // left, stay, right
                ref var cell = ref cells[(walker * copies) + copy];
                cell = Math.Clamp(cell + step, 0, options.Cells - 1);
            }
        }

        for (var copy = 0; copy < copies; copy++)
        {
            var distance = Math.Abs(cells[copy] - cells[copies + copy]);
            rewards[copy] = rewards[copies + copy] = -(float)distance / (options.Cells - 1);
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            var own = cells[(agent * copies) + copy];
            var other = cells[((1 - agent) * copies) + copy];
            observations[2 * copy] = ((2f * own) / (options.Cells - 1)) - 1; // −1 … 1 along the line
            observations[(2 * copy) + 1] = (float)(other - own) / (options.Cells - 1);
        }
    }

    /// <inheritdoc/>
    public void State(Span<float> state) => Observe(0, state);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot) => snapshot.Put<int>("cells", cells);

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot) => snapshot.GetInto<int>("cells", cells);

    private static WorldSpec SpecOf(MeetingOptions options) => new(
        [Walker("left"), Walker("right")], RewardConvention.TeamMean, MaxSteps: 20, StateWidth: 2);

    private static AgentSpec Walker(string name) => new(name, Observation: new Box(2), Action: new Discrete(3));
}
