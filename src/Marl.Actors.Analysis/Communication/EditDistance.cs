namespace Marl.Actors.Analysis.Communication;

/// <summary>How many symbols must be put in, taken out or changed to turn one message into another. Levenshtein 1966.</summary>
internal static class EditDistance
{
    /// <summary>The distance of two messages.</summary>
    public static int Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray(); // to the first j symbols
        for (var i = 0; i < first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < second.Length; j++)
            {
                var changed = diagonal + (first[i] == second[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
