using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-adversary</c>.</summary>
public sealed record SimpleAdversaryOptions(
    [Option("Number of good agents, and of landmarks (N).", Minimum = 1, Maximum = 64)] int Agents = 2,
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [ParticleOption.Actions] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-adversary: good agents know which landmark is the goal and keep an adversary guessing. Lowe et al., NeurIPS 2017;
/// <c>simple_adversary_v3</c> of mpe2. The adversary is paid −|x_adversary − y_goal|, every good agent
/// |x_adversary − y_goal| − min_i |x_i − y_goal|.
/// </summary>
internal sealed class SimpleAdversary : ParticleWorld
{
    private const int Adversary = 0;
    private const int FirstGood = 1;

    private readonly int good;

    public SimpleAdversary(SimpleAdversaryOptions options, int copies)
        : base(SceneOf(options), options.Integration, options.Actions, copies, (Adversary, "goal_a"))
    {
        good = options.Agents;
        Spec = SpecOf(options.MaxSteps, [4 * good, .. Enumerable.Repeat(2 + (4 * good), good)]);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random)
    {
        DrawGoal(copy, ref random);
        Scatter(copy, ref random);
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var goal = Goal(copy);
            var nearest = double.PositiveInfinity;
            for (var agent = FirstGood; agent <= good; agent++)
            {
                nearest = Math.Min(nearest, Particles.Distance(agent, goal, copy));
            }

            var adversary = Particles.Distance(Adversary, goal, copy);
            rewards[copy] = -(float)adversary;
            for (var agent = FirstGood; agent <= good; agent++)
            {
                rewards[(agent * Copies) + copy] = (float)(adversary - nearest);
            }
        }
    }

    /// <summary>Landmarks and other agents relative to it; before them the goal, for those that know it.</summary>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        if (agent != Adversary)
        {
            seen.Offset(Goal(copy));
        }

        seen.Offsets(FirstGood + good, good);
        seen.Offsets(0, FirstGood + good);
    }

    /// <inheritdoc/>
    protected override string ColourOf(int copy, int body) => body == Goal(copy) ? "#26a626" : base.ColourOf(copy, body);

    private static ParticleScene SceneOf(SimpleAdversaryOptions options) => new(
        [
            new("adversary-0", 0.15, "#d95959", Moves: true, Team: "adversaries"),
            .. Enumerable.Range(0, options.Agents).Select(i => new Body($"agent-{i}", 0.15, "#5959d9", Moves: true, Team: "good")),
        ],
        Enumerable.Range(0, options.Agents).Select(i => new Body($"landmark-{i}", 0.08, "#262626")).ToValues(),
        Words: 2);
}
