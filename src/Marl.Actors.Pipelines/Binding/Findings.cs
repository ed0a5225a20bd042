using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Collects what the passes find: everything, each thing once, in the order of the file.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> found = [];

    public bool HasErrors => found.Any(d => d.Severity == Severity.Error);

    /// <summary>
    /// By place, first things first; what concerns no line stands first. What is wrong with a part that is used several times
    /// is told once, with every use.
    /// </summary>
    public IEnumerable<Diagnostic> All => found
        .GroupBy(d => d with { Related = [] })
        .Select(same => same.Key with { Related = same.SelectMany(d => d.Related).Distinct().ToValues() })
        .OrderBy(d => d.Where.Line > 0)
        .ThenBy(d => d.Where.Line == 0 ? "" : d.Where.File, StringComparer.Ordinal)
        .ThenBy(d => d.Where.Line)
        .ThenBy(d => d.Where.Column);

    public void Error(string code, SourceSpan where, string sentence, string remedy) => found.Add(new(code, where, sentence, remedy));

    public void Warning(string code, SourceSpan where, string sentence, string remedy) =>
        found.Add(new(code, where, sentence, remedy, Severity.Warning));
}
