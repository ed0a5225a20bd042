namespace Marl.Actors.Testing.Worlds;

/// <summary>Something a world does that its contract forbids.</summary>
/// <param name="Rule">The rule, in kebab case: <c>same-key-same-run</c>.</param>
/// <param name="Sentence">What was seen, where.</param>
public sealed record WorldFinding(string Rule, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Sentence}";
}
