using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Learning.Actions;

/// <summary>
/// a = tanh o. Silver et al.: Deterministic policy gradient algorithms, ICML 2014, theorem 1: the gradient of the value is
/// ∂Q/∂a · ∂a/∂θ.
/// </summary>
/// <param name="length">Components of the action.</param>
public sealed class DeterministicHead(int length) : IActionHead
{
    /// <inheritdoc/>
    public int Outputs => length;

    /// <inheritdoc/>
    public int Width => length;

    /// <inheritdoc/>
    public void Draw(ref RandomStream random, Span<float> noise)
    {
    }

    /// <inheritdoc/>
    public double Act(ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, Span<float> action)
    {
        for (var i = 0; i < length; i++)
        {
            action[i] = (float)Squash.Tanh(outputs[i]);
        }

        return 0;
    }

    /// <summary>∂a/∂o = 1 − a².</summary>
    public void Differentiate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, ReadOnlySpan<float> actionGradient, double logGradient, Span<float> outputGradient)
    {
        for (var i = 0; i < length; i++)
        {
            var action = Squash.Tanh(outputs[i]);
            outputGradient[i] = (float)(actionGradient[i] * (1 - (action * action)));
        }
    }
}
