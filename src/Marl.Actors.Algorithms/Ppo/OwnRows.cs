namespace Marl.Actors.Algorithms.Ppo;

/// <summary>Which rows of a table [steps, rows, …] are learned from: all, or those at which a transition of an agent's own begins.</summary>
internal static class OwnRows
{
    /// <summary>Writes the rows of some steps, in their order, and returns how many they are.</summary>
    /// <param name="steps">Which steps.</param>
    /// <param name="perStep">Rows at each step.</param>
    /// <param name="isOwn">[steps, rows, width]; a row with one own transition is in. Empty when all are.</param>
    /// <param name="rows">To fill.</param>
    public static int Of(ReadOnlySpan<int> steps, int perStep, ReadOnlySpan<bool> isOwn, Span<int> rows)
    {
        var count = 0;
        var width = isOwn.Length / rows.Length;
        foreach (var step in steps)
        {
            for (var row = step * perStep; row < (step + 1) * perStep; row++)
            {
                if (isOwn.Length == 0 || isOwn.Slice(row * width, width).Contains(true))
                {
                    rows[count++] = row;
                }
            }
        }

        return count;
    }

    /// <summary>Copies the values that are own, in their order, and returns them.</summary>
    public static Span<float> Pick(ReadOnlySpan<float> values, ReadOnlySpan<bool> isOwn, Span<float> target)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (isOwn[i])
            {
                target[count++] = values[i];
            }
        }

        return target[..count];
    }

    /// <summary>Puts picked values back to where they came from.</summary>
    public static void PutBack(ReadOnlySpan<float> picked, ReadOnlySpan<bool> isOwn, Span<float> values)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (isOwn[i])
            {
                values[i] = picked[count++];
            }
        }
    }
}
