using System.Runtime.CompilerServices;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// Choices from logits: p(a) ∝ exp(logit a) over the allowed actions. Probabilities are computed in double with functions that
/// give the same bits on every machine (<see cref="Elementary"/>).
/// </summary>
/// <param name="actions">Number of actions.</param>
public sealed class CategoricalSampler(int actions)
{
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, ref RandomStream random, Span<float> chosen, Span<float> logProbabilities)
    {
        var weights = Weigh(logits, mask, chosen.Length);
        for (var row = 0; row < chosen.Length; row++)
        {
            var rowWeights = weights.Slice(row * actions, actions);
            var total = Sum(rowWeights);
            var action = Invert(rowWeights, random.NextDouble() * total);
            chosen[row] = action;
            if (logProbabilities.Length > 0)
            {
                logProbabilities[row] = (float)(logits[(row * actions) + action] - weights[(chosen.Length * actions) + row] - Elementary.Log(total));
            }
        }
    }

    /// <summary>Takes each row's likeliest allowed action; the first of several equal ones. Shapes as for <see cref="Sample"/>.</summary>
    /// <exception cref="ArithmeticException">A row's logits are not finite: the policy has diverged.</exception>
    /// <exception cref="InvalidOperationException">A row forbids every action: a bug in the world.</exception>
    public void Likeliest(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, Span<float> chosen, Span<float> logProbabilities)
    {
        var weights = Weigh(logits, mask, chosen.Length);
        for (var row = 0; row < chosen.Length; row++)
        {
            var rowWeights = weights.Slice(row * actions, actions);
            chosen[row] = rowWeights.IndexOf(1); // e⁰; weights of smaller logits that round to 1 would be as likely
            if (logProbabilities.Length > 0)
            {
                logProbabilities[row] = (float)-Elementary.Log(Sum(rowWeights));
            }
        }
    }

    /// <summary>ln p(action) of one row: logit − ln Σ exp(logits), −∞ for a forbidden action.</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="mask">[actions], or empty.</param>
    /// <param name="action">The action.</param>
    public double LogProbability(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, int action)
    {
        var weights = Weigh(logits, mask, rows: 1);
        return IsAllowed(mask, action)
            ? logits[action] - weights[actions] - Elementary.Log(Sum(weights[..actions]))
            : double.NegativeInfinity;
    }

    /// <summary>H = −Σ p ln p of one row, in nats.</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="mask">[actions], or empty.</param>
    public double Entropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask)
    {
        var weights = Weigh(logits, mask, rows: 1);
        var total = Sum(weights[..actions]);
        var sum = 0.0;
        for (var i = 0; i < actions; i++)
        {
            if (weights[i] > 0)
            {
                sum += weights[i] * (logits[i] - weights[actions]);
            }
        }

        return Elementary.Log(total) - (sum / total);
    }

    /// <summary>[rows, actions]: exp(logit − greatest logit of the row), 0 where forbidden, so that the greatest is 1; behind them the greatest logits, [rows].</summary>
    private Span<double> Weigh(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, int rows)
    {
        var weights = Scratch.Weights(rows * (actions + 1));
        for (var row = 0; row < rows; row++)
        {
            weights[(rows * actions) + row] = Shift(Row(logits, row), Row(mask, row), weights.Slice(row * actions, actions));
        }

        Elementary.ExpOfNonPositive(weights[..(rows * actions)]);
        return weights;
    }

    /// <summary>Writes logit − greatest logit, −∞ where forbidden; returns the greatest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Shift(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, Span<double> shifted)
    {
        var greatest = float.NegativeInfinity;
        for (var i = 0; i < logits.Length; i++)
        {
            var logit = IsAllowed(mask, i) ? logits[i] : float.NegativeInfinity;
            shifted[i] = logit;
            greatest = logit > greatest || float.IsNaN(logit) ? logit : greatest;
        }

        if (!float.IsFinite(greatest))
        {
            throw mask.Length > 0 && !mask.ContainsAnyExcept(0f)
                ? new InvalidOperationException("The world forbids every action in a row of its mask.")
                : new ArithmeticException($"The policy's logits are not finite ({string.Join(", ", logits.ToArray())}): it has diverged.");
        }

        foreach (ref var value in shifted)
        {
            value -= greatest;
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        return total;
    }

    /// <summary>The first action whose cumulative weight exceeds <paramref name="target"/>; the last with any weight, should rounding leave none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Invert(ReadOnlySpan<double> weights, double target)
    {
        var action = 0;
        for (var i = 0; i < weights.Length; i++)
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
