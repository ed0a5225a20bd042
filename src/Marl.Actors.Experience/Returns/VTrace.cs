namespace Marl.Actors.Experience.Returns;

/// <summary>
/// V-trace: what a policy π would have got, from the experience of another, μ. Espeholt et al.: IMPALA: Scalable Distributed
/// Deep-RL with Importance Weighted Actor-Learner Architectures, ICML 2018. All matrices are time-major [T, B]: T steps of B
/// independent columns. The discount of a transition is γ, or 0 where it reached a terminal state.
/// </summary>
/// <param name="Lambda">λ of the traces: c̄ min(1, ρ) with c̄ = λ.</param>
/// <param name="Clip">ρ̄: which policy's values are learned, between μ's (0) and π's (∞).</param>
/// <param name="PolicyClip">The bound of ρ in the policy's gradient.</param>
public readonly record struct VTrace(double Lambda, double Clip, double PolicyClip)
{
    /// <summary>
    /// Targets of the critic by remark 1, and the advantages of section 4.2, with ρ̄_t = min(ρ̄, ρ_t) and c_t = λ min(1, ρ_t):
    /// <code>
    /// δ_t = ρ̄_t (r_t + γ_t V(s′_t) − V(s_t))
    /// v_t − V(s_t) = δ_t + γ_t c_t (v_{t+1} − V(s_{t+1})),   nothing after the last step or a time limit
    /// A_t = min(ρ̂, ρ_t) (r_t + γ_t v′_t − V(s_t)),           v′_t = v_{t+1}, or V(s′_t) after the last step or a time limit
    /// </code>
    /// With λ below 1 the advantages are the paper's, with v_{t+1} undiluted (rlax mixes in V(s′) there).
    /// </summary>
    /// <param name="columns">B.</param>
    /// <param name="ratios">[T, B]: ρ = π(a|s) / μ(a|s).</param>
    /// <param name="rewards">[T, B].</param>
    /// <param name="discounts">[T, B]: γ_t.</param>
    /// <param name="values">[T, B]: V(s).</param>
    /// <param name="nextValues">[T, B]: V(s′), see <see cref="GeneralisedAdvantage.NextValues"/>.</param>
    /// <param name="truncated">[T, B]: 1 where a time limit cut the episode; empty when none did.</param>
    /// <param name="targets">To fill: v, [T, B].</param>
    /// <param name="advantages">To fill: A, [T, B].</param>
    public void Run(
        int columns,
        ReadOnlySpan<float> ratios,
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> discounts,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<float> truncated,
        Span<float> targets,
        Span<float> advantages)
    {
        Shapes.ThrowUnlessTimeMajor(
            columns, ratios.Length, rewards.Length, discounts.Length, values.Length, nextValues.Length, truncated.Length == 0 ? ratios.Length : truncated.Length, targets.Length, advantages.Length);
        var (lambda, clip, policyClip) = ((float)Lambda, (float)Clip, (float)PolicyClip);
        for (var i = targets.Length - 1; i >= 0; i--)
        {
            var isCut = i + columns >= targets.Length || (truncated.Length > 0 && truncated[i] != 0);
            var (following, surprise) = isCut ? (nextValues[i], 0) : (targets[i + columns], targets[i + columns] - values[i + columns]);
            var delta = Math.Min(clip, ratios[i]) * (rewards[i] + (discounts[i] * nextValues[i]) - values[i]);
            advantages[i] = Math.Min(policyClip, ratios[i]) * (rewards[i] + (discounts[i] * following) - values[i]);
            targets[i] = values[i] + delta + (discounts[i] * lambda * Math.Min(1, ratios[i]) * surprise);
        }
    }
}
