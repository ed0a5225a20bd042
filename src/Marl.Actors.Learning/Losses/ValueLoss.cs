namespace Marl.Actors.Learning.Losses;

/// <summary>
/// The critic's part of the PPO loss, c · mean(½ (v − target)²), and its gradient. With a clip δ &gt; 0 the greater of that and
/// ½ (v_old + clip(v − v_old, −δ, δ) − target)² (Engstrom et al.: Implementation matters in deep policy gradients, ICLR 2020,
/// section 2).
/// </summary>
/// <param name="Weight">c.</param>
/// <param name="Clip">δ; 0 for none.</param>
public readonly record struct ValueLoss(float Weight, float Clip)
{
    /// <summary>Writes a block's gradient.</summary>
    /// <param name="values">v: [rows].</param>
    /// <param name="old">v_old: [rows], what the critic said when the batch began; may be empty without a clip.</param>
    /// <param name="targets">[rows].</param>
    /// <param name="weight">1 / rows of the minibatch the block is part of.</param>
    /// <param name="gradients">To fill: ∂L/∂v, [rows].</param>
    /// <returns>Σ over the block of the unweighted terms.</returns>
    public double Add(ReadOnlySpan<float> values, ReadOnlySpan<float> old, ReadOnlySpan<float> targets, float weight, Span<float> gradients)
    {
        var sum = 0.0;
        for (var row = 0; row < values.Length; row++)
        {
            var error = values[row] - targets[row];
            var slope = error;
            if (Clip > 0)
            {
                (error, slope) = Clipped(values[row], old[row], targets[row], Clip);
            }

            sum += 0.5 * error * error;
            gradients[row] = Weight * weight * slope;
        }

        return sum;
    }

    /// <summary>The error whose square is greater, and its derivative times the error: 0 where the clip holds v back.</summary>
    private static (float Error, float Slope) Clipped(float value, float old, float target, float clip)
    {
        var error = value - target;
        var moved = value - old;
        var clippedError = old + Math.Clamp(moved, -clip, clip) - target;
        var isFree = MathF.Abs(moved) <= clip;
        return isFree || error * error >= clippedError * clippedError ? (error, error) : (clippedError, 0);
    }
}
