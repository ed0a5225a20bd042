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
    /// <summary>The line as terminals, MSBuild and CI print it.</summary>
    public override string ToString() =>
        $"{Where}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Sentence}{(Remedy.Length > 0 ? " " + Remedy : "")}";
}
