using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-tag</c>.</summary>
public sealed record SimpleTagOptions(
    [Option("Number of agents that flee (num_good).", Minimum = 1, Maximum = 64)] int Good = 1,
    [Option("Number of slower agents that chase them (num_adversaries).", Minimum = 1, Maximum = 64)] int Adversaries = 3,
    [ParticleOption.Obstacles] int Obstacles = 2,
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [ParticleOption.Actions] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-tag: slow adversaries chase fast agents around obstacles. Lowe et al., NeurIPS 2017; <c>simple_tag_v3</c> of mpe2.
/// Every adversary is paid 10 for each touching pair of hunter and prey, whoever it is; an agent loses 10 for each adversary
/// that touches it, and <see cref="Beyond"/> of both coordinates.
/// </summary>
internal sealed class SimpleTag : ParticleWorld
{
    private const double Catch = 10;
    private const double ObstacleReach = 0.9; // obstacles begin in the square ±0.9

    private readonly int adversaries;
    private readonly int good;
    private readonly int obstacles;

    public SimpleTag(SimpleTagOptions options, int copies)
        : base(SceneOf(options), options.Integration, options.Actions, copies)
    {
        (adversaries, good, obstacles) = (options.Adversaries, options.Good, options.Obstacles);
        var common = 4 + (2 * obstacles) + (2 * (Scene.Agents.Count - 1));
        Spec = SpecOf(options.MaxSteps, [.. Enumerable.Range(0, Scene.Agents.Count).Select(i => common + (2 * (i < adversaries ? good : good - 1)))]);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <summary>The price of leaving the field: nothing up to 0.9, then rising to 1 at the edge, e^(2x − 2) beyond it, at most 10.</summary>
    internal static double Beyond(double x) => Math.Abs(x) switch
    {
        < 0.9 => 0,
        < 1.0 => (Math.Abs(x) - 0.9) * 10,
        _ => Math.Min(Math.Exp((2 * Math.Abs(x)) - 2), 10),
    };

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random) => Scatter(copy, ref random, ObstacleReach);

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var catches = 0;
            for (var agent = adversaries; agent < adversaries + good; agent++)
            {
                var caught = 0;
                for (var adversary = 0; adversary < adversaries; adversary++)
                {
                    caught += Particles.Touch(agent, adversary, copy) ? 1 : 0;
                }

                var at = Particles.At(agent, copy);
                rewards[(agent * Copies) + copy] = (float)((-Catch * caught) - Beyond(Particles.X[at]) - Beyond(Particles.Y[at]));
                catches += caught;
            }

            for (var adversary = 0; adversary < adversaries; adversary++)
            {
                rewards[(adversary * Copies) + copy] = (float)(Catch * catches);
            }
        }
    }

    /// <summary>Own velocity and position, obstacles and other agents relative to it, and the velocities of those that flee.</summary>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        seen.Velocity(agent);
        seen.Position(agent);
        seen.Offsets(Scene.Agents.Count, obstacles);
        seen.Offsets(0, Scene.Agents.Count);
        for (var other = adversaries; other < adversaries + good; other++)
        {
            if (other != agent)
            {
                seen.Velocity(other);
            }
        }
    }

    private static ParticleScene SceneOf(SimpleTagOptions options) => new(
        [
            .. Enumerable.Range(0, options.Adversaries).Select(i => new Body($"adversary-{i}", 0.075, "#d95959", Moves: true, Collides: true, Push: 3, MaxSpeed: 1, Team: "adversaries")),
            .. Enumerable.Range(0, options.Good).Select(i => new Body($"agent-{i}", 0.05, "#59d959", Moves: true, Collides: true, Push: 4, MaxSpeed: 1.3, Team: "good")),
        ],
        Enumerable.Range(0, options.Obstacles).Select(i => new Body($"landmark-{i}", 0.2, "#404040", Collides: true)).ToValues(),
        Words: 2);
}
