using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// Choices from logits: p(a) ∝ exp(logit a) over the allowed actions. Probabilities are computed in double with functions that
/// give the same bits on every machine (<see cref="Elementary"/>). Not thread-safe: it owns its scratch.
/// </summary>
/// <param name="actions">Number of actions.</param>
public sealed class CategoricalSampler(int actions)
{
    private readonly double[] weights = new double[actions]; // exp(logit − greatest logit), 0 where forbidden

    /// <summary>Number of actions.</summary>
    public int Actions => actions;

    /// <summary>Samples one action a row by inversion of the distribution function: one draw a row, in order of rows.</summary>
    /// <param name="logits">[rows, actions].</param>
    /// <param name="mask">[rows, actions], 0 where forbidden; empty when everything is allowed.</param>
    /// <param name="random">Advanced by one draw a row.</param>
    /// <param name="chosen">To fill: [rows], the action's index.</param>
    /// <param name="logProbabilities">To fill: [rows], ln p(chosen); or empty when nobody asks.</param>
    /// <exception cref="ArithmeticException">A row's logits are not finite: the policy has diverged.</exception>
    /// <exception cref="InvalidOperationException">A row forbids every action: a bug in the world.</exception>
    public void Sample(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, ref RandomStream random, Span<float> chosen, Span<float> logProbabilities)
    {
        for (var row = 0; row < chosen.Length; row++)
        {
            var rowLogits = Row(logits, row);
            var total = Weigh(rowLogits, Row(mask, row), out var greatest);
            var action = Invert(random.NextDouble() * total);
            chosen[row] = action;
            if (logProbabilities.Length > 0)
            {
                logProbabilities[row] = (float)(rowLogits[action] - greatest - Elementary.Log(total));
            }
        }
    }

    /// <summary>Takes each row's likeliest allowed action; the first of several equal ones. Shapes as for <see cref="Sample"/>.</summary>
    /// <exception cref="ArithmeticException">A row's logits are not finite: the policy has diverged.</exception>
    /// <exception cref="InvalidOperationException">A row forbids every action: a bug in the world.</exception>
    public void Likeliest(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, Span<float> chosen, Span<float> logProbabilities)
    {
        for (var row = 0; row < chosen.Length; row++)
        {
            var rowLogits = Row(logits, row);
            var rowMask = Row(mask, row);
            var total = Weigh(rowLogits, rowMask, out var greatest);
            var action = 0;
            while (rowLogits[action] != greatest || !IsAllowed(rowMask, action))
            {
                action++;
            }

            chosen[row] = action;
            if (logProbabilities.Length > 0)
            {
                logProbabilities[row] = (float)-Elementary.Log(total);
            }
        }
    }

    /// <summary>ln p(action) of one row: logit − ln Σ exp(logits), −∞ for a forbidden action.</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="mask">[actions], or empty.</param>
    /// <param name="action">The action.</param>
    public double LogProbability(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, int action)
    {
        var total = Weigh(logits, mask, out var greatest);
        return IsAllowed(mask, action) ? logits[action] - greatest - Elementary.Log(total) : double.NegativeInfinity;
    }

    /// <summary>H = −Σ p ln p of one row, in nats.</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="mask">[actions], or empty.</param>
    public double Entropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask)
    {
        var total = Weigh(logits, mask, out var greatest);
        var sum = 0.0;
        for (var i = 0; i < actions; i++)
        {
            if (weights[i] > 0)
            {
                sum += weights[i] * (logits[i] - (double)greatest);
            }
        }

        return Elementary.Log(total) - (sum / total);
    }

    /// <summary>Fills <see cref="weights"/> and returns their sum.</summary>
    private double Weigh(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, out float greatest)
    {
        greatest = float.NegativeInfinity;
        var anyAllowed = false;
        for (var i = 0; i < actions; i++)
        {
            if (IsAllowed(mask, i))
            {
                anyAllowed = true;
                greatest = logits[i] > greatest || float.IsNaN(logits[i]) ? logits[i] : greatest;
            }
        }

        if (!float.IsFinite(greatest))
        {
            throw anyAllowed
                ? new ArithmeticException($"The policy's logits are not finite ({string.Join(", ", logits.ToArray())}): it has diverged.")
                : new InvalidOperationException("The world forbids every action in a row of its mask.");
        }

        var total = 0.0;
        for (var i = 0; i < actions; i++)
        {
            weights[i] = IsAllowed(mask, i) ? Elementary.ExpOfNonPositive(logits[i] - (double)greatest) : 0;
            total += weights[i];
        }

        return total;
    }

    /// <summary>The first action whose cumulative weight exceeds <paramref name="target"/>; the last with any weight, should rounding leave none.</summary>
    private int Invert(double target)
    {
        var action = 0;
        for (var i = 0; i < actions; i++)
        {
            if (weights[i] > 0)
            {
                action = i;
                target -= weights[i];
                if (target < 0)
                {
                    break;
                }
            }
        }

        return action;
    }

    private static bool IsAllowed(ReadOnlySpan<float> mask, int action) => mask.Length == 0 || mask[action] != 0;

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> matrix, int row) => matrix.Length == 0 ? [] : matrix.Slice(row * actions, actions);
}
