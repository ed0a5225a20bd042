namespace Marl.Actors.Experience.Returns;

/// <summary>
/// Returns of finite pieces of experience, which bootstrap where the piece, or an episode's time limit, cuts them off. All
/// matrices are time-major [T, B]. The discount of a transition is γ, or 0 where it reached a terminal state.
/// </summary>
public static class TruncatedReturns
{
    /// <summary>
    /// G_t = r_t + γ_t [(1 − λ) V(s′_t) + λ G_{t+1}], and V(s′_t) alone in the brackets at t = T − 1 and at time limits. Sutton,
    /// Barto: Reinforcement Learning, 2nd edition, section 12.8, equation 12.18.
    /// </summary>
    /// <param name="columns">B.</param>
    /// <param name="rewards">[T, B].</param>
    /// <param name="discounts">[T, B]: γ_t.</param>
    /// <param name="nextValues">[T, B]: V(s′), see <see cref="GeneralisedAdvantage.NextValues"/>.</param>
    /// <param name="truncated">[T, B]: 1 where a time limit cut the episode; empty when none did.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="returns">To fill: [T, B].</param>
    public static void Lambda(
        int columns,
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> discounts,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<float> truncated,
        double lambda,
        Span<float> returns)
    {
        Shapes.ThrowUnlessTimeMajor(columns, rewards.Length, discounts.Length, nextValues.Length, truncated.Length == 0 ? rewards.Length : truncated.Length, returns.Length);
        var mix = (float)lambda;
        for (var i = returns.Length - 1; i >= 0; i--)
        {
            var isCut = i + columns >= returns.Length || (truncated.Length > 0 && truncated[i] != 0);
            var following = isCut ? nextValues[i] : ((1 - mix) * nextValues[i]) + (mix * returns[i + columns]);
            returns[i] = rewards[i] + (discounts[i] * following);
        }
    }

    /// <summary>G_t = r_t + γ_t G_{t+1}, with V(s′) for G where the piece or a time limit ends: <see cref="Lambda"/> with λ = 1.</summary>
    /// <param name="columns">B.</param>
    /// <param name="rewards">[T, B].</param>
    /// <param name="discounts">[T, B]: γ_t.</param>
    /// <param name="nextValues">[T, B]: V(s′).</param>
    /// <param name="truncated">[T, B]: 1 where a time limit cut the episode; empty when none did.</param>
    /// <param name="returns">To fill: [T, B].</param>
    public static void Discounted(
        int columns, ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextValues, ReadOnlySpan<float> truncated, Span<float> returns) =>
        Lambda(columns, rewards, discounts, nextValues, truncated, 1, returns);

    /// <summary>
    /// G_t = r_t + γ_t (r_{t+1} + … γ_{t+n−1} V(s′_{t+n−1})), fewer steps where the piece or a time limit ends. Sutton, Barto,
    /// section 7.1, equation 7.1.
    /// </summary>
    /// <param name="columns">B.</param>
    /// <param name="rewards">[T, B].</param>
    /// <param name="discounts">[T, B]: γ_t.</param>
    /// <param name="nextValues">[T, B]: V(s′).</param>
    /// <param name="truncated">[T, B]: 1 where a time limit cut the episode; empty when none did.</param>
    /// <param name="steps">n, at least 1.</param>
    /// <param name="returns">To fill: [T, B].</param>
    public static void NStep(
        int columns,
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> discounts,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<float> truncated,
        int steps,
        Span<float> returns)
    {
        Shapes.ThrowUnlessTimeMajor(columns, rewards.Length, discounts.Length, nextValues.Length, truncated.Length == 0 ? rewards.Length : truncated.Length, returns.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var length = returns.Length / columns;
        for (var i = 0; i < returns.Length; i++)
        {
            var last = i + ((Math.Min(steps, length - (i / columns)) - 1) * columns);
            var sum = nextValues[last];
            for (var j = last; j >= i; j -= columns)
            {
                var following = truncated.Length > 0 && truncated[j] != 0 ? nextValues[j] : sum;
                sum = rewards[j] + (discounts[j] * following);
            }

            returns[i] = sum;
        }
    }
}
