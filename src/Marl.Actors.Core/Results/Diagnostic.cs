namespace Marl.Actors.Core.Results;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>Nothing runs.</summary>
    Error,

    /// <summary>It runs, but somebody should look.</summary>
    Warning,
}

/// <summary>One finding about a user's input: what is wrong, where, and what to do about it.</summary>
/// <param name="Code"><c>MARL</c> and four digits: 0xxx text, 1xxx binding, 2xxx graph, 3xxx run.</param>
/// <param name="Where">The place in the user's file.</param>
/// <param name="Sentence">What is wrong, with the offending value, as one sentence.</param>
/// <param name="Remedy">What to do, as one sentence.</param>
/// <param name="Severity">Error unless stated.</param>
public sealed record Diagnostic(
    string Code, SourceSpan Where, string Sentence, string Remedy, Severity Severity = Severity.Error)
{
    /// <summary>The place in the user's file; how that file came to be read is told by <see cref="Related"/>.</summary>
    public SourceSpan Where { get; init; } = Where with { Use = null };

    /// <summary>Other places that have to do with it: of a finding in a part, where the part is used, the innermost use first.</summary>
    public Values<RelatedPlace> Related { get; init; } = Where.Uses().Select(use => new RelatedPlace("Used at", use)).ToValues();

    /// <summary>The line as terminals, MSBuild and CI print it: always one, with the related places at its end.</summary>
    public override string ToString() =>
        $"{Where}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {string.Join(' ', [Sentence, .. Remedy.Length > 0 ? [Remedy] : Array.Empty<string>(), .. Related.Select(r => $"{r}")])}";
}

/// <summary>A place that has to do with a finding somewhere else.</summary>
/// <param name="Relation">What it has to do with it: <c>Used at</c>.</param>
/// <param name="Where">The place.</param>
public sealed record RelatedPlace(string Relation, SourceSpan Where)
{
    /// <summary><c>Used at pipelines/mappo-spread.yaml(12,11).</c></summary>
    public override string ToString() => $"{Relation} {Where}.";
}
