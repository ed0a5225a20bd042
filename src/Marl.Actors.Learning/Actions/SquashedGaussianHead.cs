using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Learning.Actions;

/// <summary>a = tanh(μ + σ ε), ε ~ N(0, 1): Haarnoja et al.: Soft actor-critic, ICML 2018, equation 11 and appendix C.</summary>
/// <param name="length">Components of the action; outputs are μ, then ln σ.</param>
public sealed class SquashedGaussianHead(int length) : IActionHead
{
    /// <inheritdoc/>
    public int Outputs => 2 * length;

    /// <inheritdoc/>
    public int Width => length;

    /// <inheritdoc/>
    public void Draw(ref RandomStream random, Span<float> noise)
    {
        for (var i = 0; i < length; i++)
        {
            noise[i] = (float)random.NextNormal();
        }
    }

    /// <inheritdoc/>
    public double Act(ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, Span<float> action)
    {
        var logDensity = 0.0;
        for (var i = 0; i < length; i++)
        {
            var draw = SquashedGaussian.Draw(outputs[i], outputs[length + i], noise[i]);
            action[i] = (float)Squash.Tanh(draw);
            logDensity += SquashedGaussian.LogDensity(outputs[length + i], noise[i], draw);
        }

        return logDensity;
    }

    /// <summary>
    /// With u = μ + σ ε and a = tanh u: ∂a/∂u = 1 − a², ∂ ln π/∂u = 2 a (from − ln (1 − tanh² u)); ∂u/∂μ = 1, ∂u/∂ ln σ = σ ε, and
    /// ln π has − ln σ besides.
    /// </summary>
    public void Differentiate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, ReadOnlySpan<float> actionGradient, double logGradient, Span<float> outputGradient)
    {
        for (var i = 0; i < length; i++)
        {
            var (mean, spread) = (outputs[i], outputs[length + i]);
            var action = Squash.Tanh(SquashedGaussian.Draw(mean, spread, noise[i]));
            var byDraw = (actionGradient[i] * (1 - (action * action))) + (logGradient * 2 * action);
            outputGradient[i] = (float)byDraw;
            outputGradient[length + i] = SquashedGaussian.IsFree(spread) ? (float)((byDraw * SquashedGaussian.Deviation(spread) * noise[i]) - logGradient) : 0;
        }
    }
}
