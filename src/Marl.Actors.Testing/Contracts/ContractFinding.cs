namespace Marl.Actors.Testing.Contracts;

/// <summary>Something a world, a stage or an operator does that its contract forbids.</summary>
/// <param name="Rule">The rule, in kebab case: <c>same-key-same-run</c>.</param>
/// <param name="Sentence">What was seen, where.</param>
/// <param name="Remedy">What to look for.</param>
public sealed record ContractFinding(string Rule, string Sentence, string Remedy = "")
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Sentence} {Remedy}".TrimEnd();
}
