namespace Marl.Actors.Experience.Returns;

/// <summary>
/// One agent's own transitions, made from what a rollout tells of the world's steps. Without a fixed roster an agent is
/// active at some steps only. A transition of its own begins at such a step and ends where it is active again, where its life
/// or the episode ends. Its reward is the sum on the way, and discounts count own transitions. (The rules are those of
/// <c>IWorld</c>; this is the one place where they are applied.) One still under way when the rollout ends is left out: what
/// it brings is not known yet. The one before it is whole, for it ends where that one begins.
/// </summary>
/// <param name="steps">T · B: positions of a rollout, time-major.</param>
/// <param name="copies">B.</param>
public sealed class OwnTransitions(int steps, int copies)
{
    private const int UnderWay = -1;

    private readonly float[] rewards = new float[steps];
    private readonly int[] next = new int[steps];
    private readonly bool[] isOwn = new bool[steps];
    private readonly float[] terminated = new float[steps];
    private readonly float[] truncated = new float[steps];

    /// <summary>[T · B]: where a transition of its own begins that is whole.</summary>
    public ReadOnlySpan<bool> IsOwn => isOwn;

    /// <summary>[T · B]: the sum of rewards of the transition that begins here; 0 where none does.</summary>
    public ReadOnlySpan<float> Rewards => rewards;

    /// <summary>
    /// [T · B]: where it ends, as a position; up to T · B + B, or anything where it is terminal. Negative where none begins.
    /// </summary>
    public ReadOnlySpan<int> Next => next;

    /// <summary>[T · B]: 1 where nothing comes after it.</summary>
    public ReadOnlySpan<float> IsTerminal => terminated;

    /// <summary>Takes a rollout over.</summary>
    /// <param name="active">[T + 1, B].</param>
    /// <param name="stepRewards">[T, B].</param>
    /// <param name="stepTerminated">[T, B]: 1 where the episode or its life ended.</param>
    /// <param name="stepTruncated">[T, B]: 1 where a time limit cut the episode.</param>
    /// <param name="finalIndexes">[F], ascending: steps behind which something was seen for the last time; the cut ones are among them.</param>
    public void Take(
        ReadOnlySpan<float> active, ReadOnlySpan<float> stepRewards, ReadOnlySpan<float> stepTerminated, ReadOnlySpan<float> stepTruncated, ReadOnlySpan<float> finalIndexes)
    {
        Shapes.ThrowUnlessTimeMajor(copies, steps, stepRewards.Length, stepTerminated.Length, stepTruncated.Length, active.Length - copies);
        for (var copy = 0; copy < copies; copy++)
        {
            var (sum, isTerminal, isCut, end) = (0f, 0f, 0f, UnderWay);
            for (var i = steps - copies + copy; i >= 0; i -= copies)
            {
                if (stepTerminated[i] + stepTruncated[i] > 0)
                {
                    (sum, isTerminal, isCut) = (0, stepTerminated[i], stepTruncated[i]);
                    end = steps + copies + Math.Max(0, finalIndexes.BinarySearch((float)i));
                }
                else if (active[i + copies] != 0)
                {
                    (sum, isTerminal, isCut, end) = (0, 0, 0, i + copies);
                }

                sum += stepRewards[i];
                isOwn[i] = active[i] != 0 && end != UnderWay;
                (rewards[i], terminated[i], truncated[i], next[i]) = isOwn[i] ? (sum, isTerminal, isCut, end) : (0, 0, 0, UnderWay);
            }
        }
    }

    /// <summary>
    /// <see cref="GeneralisedAdvantage.Advantages"/> over own transitions: A_t = δ_t + γ λ A at the next one, 0 where none begins.
    /// </summary>
    /// <param name="values">[T · B + B + F]: V where something was seen: at the steps, behind the last ones, and at the ends.</param>
    /// <param name="gamma">Discount γ.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="advantages">To fill: [T, B].</param>
    public void Advantages(ReadOnlySpan<float> values, double gamma, double lambda, Span<float> advantages)
    {
        var (discount, decay) = ((float)gamma, (float)(gamma * lambda));
        for (var i = steps - 1; i >= 0; i--)
        {
            if (!isOwn[i])
            {
                advantages[i] = 0;
                continue;
            }

            var delta = rewards[i] + (terminated[i] != 0 ? 0 : discount * values[next[i]]) - values[i];
            var following = next[i] < steps && terminated[i] + truncated[i] == 0 ? advantages[next[i]] : 0;
            advantages[i] = delta + (decay * following);
        }
    }

    /// <summary><see cref="TruncatedReturns.NStep"/> over own transitions, fewer where the next one is not known.</summary>
    /// <param name="values">[T · B + B + F], as for <see cref="Advantages"/>.</param>
    /// <param name="gamma">Discount γ.</param>
    /// <param name="count">n, at least 1.</param>
    /// <param name="returns">To fill: [T, B]; 0 where no own transition begins.</param>
    public void Returns(ReadOnlySpan<float> values, double gamma, int count, Span<float> returns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        for (var i = 0; i < steps; i++)
        {
            returns[i] = 0;
            var (at, discount) = (i, 1f);
            for (var k = 1; isOwn[i]; k++)
            {
                returns[i] += discount * rewards[at];
                discount *= (float)gamma;
                if (terminated[at] != 0)
                {
                    break;
                }

                if (k == count || truncated[at] != 0 || next[at] >= steps || !isOwn[next[at]])
                {
                    returns[i] += discount * values[next[at]];
                    break;
                }

                at = next[at];
            }
        }
    }
}
