namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// The tokens that passed one place, in order. A place that was rewound sees them again; the furthest it ever was is kept.
/// </summary>
/// <param name="expected">What another run saw at this place; null for a run that nothing is held against.</param>
internal sealed class TokenStream(TokenStream? expected)
{
    private readonly List<Token> tokens = [];

    /// <summary>Tokens seen, those seen again counted once.</summary>
    public int Count => tokens.Count;

    /// <summary>The number of the next token.</summary>
    public int Next { get; private set; }

    /// <summary>What the other run saw.</summary>
    public TokenStream? Expected => expected;

    /// <summary>The number of the first token that the other run had not, or had otherwise; null when there is none.</summary>
    public int? DiffersAt { get; private set; }

    public Token this[int number] => tokens[number];

    /// <summary>The next token has come.</summary>
    /// <returns>What came here as that number before; the token itself when it comes for the first time.</returns>
    public Token Add(Token token)
    {
        if (Next < tokens.Count)
        {
            return tokens[Next++];
        }

        if (expected is not null && DiffersAt is null && (Next >= expected.Count || expected[Next] != token))
        {
            DiffersAt = Next;
        }

        tokens.Add(token);
        Next++;
        return token;
    }

    /// <summary>What comes now was seen before.</summary>
    public void Rewind(int next) => Next = next;

    /// <summary>No more comes: the other run's stream may have been longer.</summary>
    public void Close()
    {
        if (expected is not null && DiffersAt is null && tokens.Count < expected.Count)
        {
            DiffersAt = tokens.Count;
        }
    }
}
