namespace Marl.Actors.Core.Results;

/// <summary>Finds what somebody probably meant to type.</summary>
public static class Nearest
{
    /// <summary>Candidates that are compared: more are names that nobody typed.</summary>
    private const int MostCandidates = 1000;

    /// <summary>A sentence naming the candidates nearest to <paramref name="typed"/>: a question if one is close, else the list.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="candidates">What would have been accepted.</param>
    /// <param name="noun">The plural noun for the list, as in "Known options: …".</param>
    public static string Remedy(string typed, IEnumerable<string> candidates, string noun)
    {
        var known = candidates.Take(MostCandidates).Distinct().OrderBy(c => c, StringComparer.Ordinal).ToArray();
        var close = Of(typed, known).Take(3).ToArray();
        return close.Length > 0
            ? $"Did you mean {string.Join(" or ", close.Select(c => $"'{c}'"))}?"
            : known.Length > 0 ? $"Known {noun}: {string.Join(", ", known.Take(12))}{(known.Length > 12 ? ", …" : "")}." : $"There are no {noun} here.";
    }

    /// <summary>The candidates within a third of the word's length in edit distance, nearest first.</summary>
    public static IEnumerable<string> Of(string typed, IEnumerable<string> candidates) => candidates
        .Where(c => Math.Abs(c.Length - typed.Length) <= Furthest(typed, c)) // no shorter way between words of different lengths
        .Select(c => (Name: c, Distance: Distance(typed.ToLowerInvariant(), c.ToLowerInvariant())))
        .Where(c => c.Distance <= Furthest(typed, c.Name))
        .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
        .Select(c => c.Name);

    private static int Furthest(string typed, string candidate) => Math.Max(2, Math.Max(typed.Length, candidate.Length) / 3);

    /// <summary>Levenshtein distance: insertions, deletions and substitutions that turn one word into the other.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
