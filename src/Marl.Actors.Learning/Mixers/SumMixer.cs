using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Learning.Mixers;

/// <summary>VDN: Q = Σ_i Q_i. Sunehag et al.: Value-decomposition networks for cooperative multi-agent learning, AAMAS 2018, eq. 1.</summary>
/// <param name="Agents">How many.</param>
public sealed record SumMixer(int Agents) : MixerSpec
{
    /// <inheritdoc/>
    public override int Parameters => 0;

    /// <inheritdoc/>
    public override int Totals => 1;

    /// <inheritdoc/>
    public override void Initialise(Span<float> parameters, RandomKey key)
    {
    }

    /// <inheritdoc/>
    public override IMixer Create(FlatParameters parameters, int offset, int rows, Backend backend, ComputeDevice device) => new Mixer(Agents);

    private sealed class Mixer(int agents) : IMixer
    {
        public void Mix(int rows, ReadOnlySpan<float> values, Span<float> totals)
        {
            for (var row = 0; row < rows; row++)
            {
                var sum = 0f;
                foreach (var value in values.Slice(row * agents, agents))
                {
                    sum += value;
                }

                totals[row] = sum;
            }
        }

        public void Blame(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients)
        {
            for (var row = 0; row < rows; row++)
            {
                valueGradients.Slice(row * agents, agents).Fill(totalGradients[row]);
            }
        }

        public void Dispose()
        {
        }
    }
}
