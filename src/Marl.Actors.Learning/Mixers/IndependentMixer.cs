using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Learning.Mixers;

/// <summary>No mixing: every agent's value is judged by itself. Tan: Multi-agent reinforcement learning: independent versus cooperative agents, ICML 1993.</summary>
/// <param name="Agents">How many.</param>
public sealed record IndependentMixer(int Agents) : MixerSpec
{
    /// <inheritdoc/>
    public override int Parameters => 0;

    /// <inheritdoc/>
    public override int Totals => Agents;

    /// <inheritdoc/>
    public override void Initialise(Span<float> parameters, RandomKey key)
    {
    }

    /// <inheritdoc/>
    public override IMixer Create(FlatParameters parameters, int offset, int rows, Backend backend, ComputeDevice device) => new Mixer();

    private sealed class Mixer : IMixer
    {
        public void Mix(int rows, ReadOnlySpan<float> values, Span<float> totals) => values.CopyTo(totals);

        public void Blame(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients) => totalGradients.CopyTo(valueGradients);

        public void Dispose()
        {
        }
    }
}
