using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Collects what the passes find: everything, each thing once, in the order of the file.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> found = [];

    public bool HasErrors => found.Any(d => d.Severity == Severity.Error);

    /// <summary>By place, first things first; what concerns no line stands first.</summary>
    public IEnumerable<Diagnostic> All => found.Distinct().OrderBy(d => d.Where.Line).ThenBy(d => d.Where.Column);

    public void Error(string code, SourceSpan where, string sentence, string remedy) => found.Add(new(code, where, sentence, remedy));

    public void Warning(string code, SourceSpan where, string sentence, string remedy) =>
        found.Add(new(code, where, sentence, remedy, Severity.Warning));
}
