using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple</c>.</summary>
public sealed record SimpleOptions(
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [ParticleOption.Actions] ActionForm Actions = ActionForm.Discrete);

/// <summary>simple: one agent goes to one landmark, for −|x − y|². Lowe et al., NeurIPS 2017; <c>simple_v3</c> of mpe2.</summary>
internal sealed class Simple : ParticleWorld
{
    private const int Landmark = 1;

    private static readonly ParticleScene Bodies = new([new("agent-0", 0.05, "#404040", Moves: true)], [new("landmark-0", 0.05, "#bf4040")], Words: 0);

    public Simple(SimpleOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies) => Spec = SpecOf(options.MaxSteps, [4]);

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random) => Scatter(copy, ref random);

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            rewards[copy] = -(float)Particles.SquaredDistance(0, Landmark, copy);
        }
    }

    /// <inheritdoc/>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        seen.Velocity(agent);
        seen.Offset(Landmark);
    }
}
