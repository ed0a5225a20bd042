namespace Marl.Actors.Experience.Returns;

/// <summary>
/// Generalised advantage estimation. Schulman, Moritz, Levine, Jordan, Abbeel: High-Dimensional Continuous Control Using
/// Generalized Advantage Estimation, ICLR 2016. All matrices are time-major [T, B]: T steps of B independent columns.
/// </summary>
public static class GeneralisedAdvantage
{
    /// <summary>
    /// The value of the state each transition led to, before any automatic reset: V(s′) = V at the next step, or the final
    /// state's value where an episode ended.
    /// </summary>
    /// <param name="values">[T, B]: V of the states acted in.</param>
    /// <param name="lastValues">[B]: V of the states after the last transition.</param>
    /// <param name="finalIndexes">[F]: positions t · B + b of transitions that ended an episode.</param>
    /// <param name="finalValues">[F]: V of those episodes' final states.</param>
    /// <param name="nextValues">To fill: [T, B].</param>
    public static void NextValues(
        ReadOnlySpan<float> values, ReadOnlySpan<float> lastValues, ReadOnlySpan<float> finalIndexes, ReadOnlySpan<float> finalValues, Span<float> nextValues)
    {
        Shapes.ThrowUnlessTimeMajor(lastValues.Length, values.Length, nextValues.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(finalValues.Length, finalIndexes.Length);
        values[lastValues.Length..].CopyTo(nextValues);
        lastValues.CopyTo(nextValues[^lastValues.Length..]);
        for (var i = 0; i < finalIndexes.Length; i++)
        {
            nextValues[(int)finalIndexes[i]] = finalValues[i];
        }
    }

    /// <summary>
    /// Equation 16, as a recursion, with the residual δ of section 3:
    /// <code>
    /// δ_t = r_t + γ (1 − terminated_t) V(s′_t) − V(s_t)
    /// A_t = δ_t + γ λ (1 − terminated_t) (1 − truncated_t) A_{t+1},   A_T = 0
    /// </code>
    /// A terminal state is worth nothing; a time limit ends the sum but not the value of the state it cut (Pardo et al.: Time
    /// Limits in Reinforcement Learning, ICML 2018, "partial-episode bootstrapping").
    /// </summary>
    /// <param name="columns">B.</param>
    /// <param name="rewards">[T, B].</param>
    /// <param name="values">[T, B]: V(s).</param>
    /// <param name="nextValues">[T, B]: V(s′), see <see cref="NextValues"/>.</param>
    /// <param name="terminated">[T, B]: 1 where s′ is terminal.</param>
    /// <param name="truncated">[T, B]: 1 where a time limit cut the episode at s′.</param>
    /// <param name="gamma">Discount γ.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="advantages">To fill: [T, B].</param>
    public static void Advantages(
        int columns,
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<float> terminated,
        ReadOnlySpan<float> truncated,
        double gamma,
        double lambda,
        Span<float> advantages)
    {
        Shapes.ThrowUnlessTimeMajor(columns, rewards.Length, values.Length, nextValues.Length, terminated.Length, truncated.Length, advantages.Length);
        var (discount, decay) = ((float)gamma, (float)(gamma * lambda));
        for (var i = advantages.Length - 1; i >= 0; i--)
        {
            var delta = rewards[i] + (discount * (1 - terminated[i]) * nextValues[i]) - values[i];
            var following = i + columns < advantages.Length ? advantages[i + columns] : 0;
            advantages[i] = delta + (decay * (1 - terminated[i]) * (1 - truncated[i]) * following);
        }
    }

    /// <summary>Targets of the critic: the λ-return A_t + V(s_t).</summary>
    /// <param name="advantages">[T, B].</param>
    /// <param name="values">[T, B].</param>
    /// <param name="targets">To fill: [T, B].</param>
    public static void Targets(ReadOnlySpan<float> advantages, ReadOnlySpan<float> values, Span<float> targets)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, advantages.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(targets.Length, advantages.Length);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = advantages[i] + values[i];
        }
    }
}
