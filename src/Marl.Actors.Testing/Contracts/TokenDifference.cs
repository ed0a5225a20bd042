using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Contracts;

/// <summary>The first difference between two rows of tokens, to the bit.</summary>
internal static class TokenDifference
{
    /// <summary>A clause that says where; null where they are equal.</summary>
    public static string? First(IReadOnlyList<SentToken> expected, IReadOnlyList<SentToken> found)
    {
        for (var i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            if (expected[i].Peer != found[i].Peer)
            {
                return $"token {i + 1} went to another reader";
            }
        }

        return First([.. expected.Select(t => t.Token)], [.. found.Select(t => t.Token)]);
    }

    /// <summary>A clause that says where; null where they are equal.</summary>
    public static string? First(IReadOnlyList<Token> expected, IReadOnlyList<Token> found)
    {
        for (var i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            if (!expected[i].Equals(found[i]))
            {
                return $"token {i + 1} differs: {Show(found[i], expected[i])} instead of {Show(expected[i], found[i])}";
            }
        }

        return expected.Count == found.Count ? null : $"{found.Count} tokens came instead of {expected.Count}";
    }

    /// <summary>A token's stamp, and the float in which it differs from the other.</summary>
    private static string Show(Token token, Token other)
    {
        if (token.IsAbsent)
        {
            return $"an absent token at {token.Stamp}";
        }

        for (var i = 0; i < token.Floats.Length && token.Layout == other.Layout; i++)
        {
            if (!token.Floats.Span[i].Equals(other.Floats.Span[i]))
            {
                return FormattableString.Invariant($"{token.Floats.Span[i]} at {token.Stamp} (float {i} of {token.Layout})");
            }
        }

        return $"{token.Layout} at {token.Stamp}";
    }
}
