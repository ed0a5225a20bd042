using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Learning.Actions;

/// <summary>
/// A sample of p(a) ∝ exp(logit a) as the greatest of logit + Gumbel noise, one-hot; its gradient is that of the softmax of the same
/// numbers divided by a temperature. Jang, Gu, Poole: Categorical reparameterization with Gumbel-softmax, ICLR 2017 (the
/// straight-through estimator).
/// </summary>
/// <param name="actions">How many there are.</param>
/// <param name="temperature">τ; small ones have less bias and more variance.</param>
public sealed class GumbelHead(int actions, double temperature) : IActionHead
{
    private readonly double[] soft = new double[actions];

    /// <inheritdoc/>
    public int Outputs => actions;

    /// <inheritdoc/>
    public int Width => actions;

    /// <summary>g = −ln(−ln u), u uniform in (0, 1).</summary>
    public void Draw(ref RandomStream random, Span<float> noise)
    {
        for (var i = 0; i < actions; i++)
        {
            var u = random.NextDouble() + (0.5 / (1UL << 53));
            noise[i] = (float)-Elementary.Log(-Elementary.Log(u));
        }
    }

    /// <inheritdoc/>
    public double Act(ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, Span<float> action)
    {
        var greatest = Greatest(outputs, mask, noise);
        action.Clear();
        action[greatest] = 1;
        return 0;
    }

    /// <summary>With y = softmax((logits + g) / τ): ∂loss/∂logit j = y j (∂j − Σ k y k ∂k) / τ, where ∂ is ∂loss/∂action.</summary>
    public void Differentiate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise, ReadOnlySpan<float> actionGradient, double logGradient, Span<float> outputGradient)
    {
        Soften(outputs, mask, noise);
        var mean = 0.0;
        for (var i = 0; i < actions; i++)
        {
            mean += soft[i] * actionGradient[i];
        }

        for (var i = 0; i < actions; i++)
        {
            outputGradient[i] = (float)(soft[i] * (actionGradient[i] - mean) / temperature);
        }
    }

    private static int Greatest(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise)
    {
        var greatest = -1;
        for (var i = 0; i < logits.Length; i++)
        {
            if ((mask.Length == 0 || mask[i] != 0) && (greatest < 0 || logits[i] + noise[i] > logits[greatest] + noise[greatest]))
            {
                greatest = i;
            }
        }

        return greatest >= 0 ? greatest : throw new InvalidOperationException("The world forbids every action in a row of its mask.");
    }

    private void Soften(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, ReadOnlySpan<float> noise)
    {
        var greatest = Greatest(logits, mask, noise);
        var total = 0.0;
        for (var i = 0; i < actions; i++)
        {
            var isAllowed = mask.Length == 0 || mask[i] != 0;
            soft[i] = isAllowed ? Elementary.Exp((logits[i] + noise[i] - logits[greatest] - noise[greatest]) / temperature) : 0;
            total += soft[i];
        }

        for (var i = 0; i < actions; i++)
        {
            soft[i] /= total;
        }
    }
}
