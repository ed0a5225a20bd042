using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Collects what the passes find: everything, each thing once, in the order of the file.</summary>
/// <param name="earlier">What earlier passes have found.</param>
internal sealed class Findings(params IEnumerable<Diagnostic> earlier)
{
    private readonly List<Diagnostic> found = [.. earlier];

    public bool HasErrors => found.Any(d => d.Severity == Severity.Error);

    /// <summary>Findings shown of one pipeline; a mistake in a part that is used a hundred times is one a use.</summary>
    public const int Limit = Text.Findings.Limit;

    /// <summary>
    /// By place, first things first; what concerns no line stands first. What is wrong with a part that is used several times
    /// is told once, with every use.
    /// </summary>
    public IEnumerable<Diagnostic> All
    {
        get
        {
            var all = Told().ToList();
            return all.Count <= Limit
                ? all
                : [.. all.Take(Limit), new(TextCodes.TooManyFindings, all[Limit].Where, $"Only the first {Limit} findings are shown.", "Repair these first.")];
        }
    }

    private IEnumerable<Diagnostic> Told() => found
        .GroupBy(d => d with { Related = [] })
        .Select(same => same.Key with { Related = same.SelectMany(d => d.Related).Distinct().ToValues() })
        .OrderBy(d => d.Where.Line > 0)
        .ThenBy(d => d.Where.Line == 0 ? "" : d.Where.File, StringComparer.Ordinal)
        .ThenBy(d => d.Where.Line)
        .ThenBy(d => d.Where.Column);

    public void Add(IEnumerable<Diagnostic> more) => found.AddRange(more);

    public void Error(string code, SourceSpan where, string sentence, string remedy) =>
        found.Add(new(code, where, UserText.Shown(sentence), UserText.Shown(remedy)));

    public void Warning(string code, SourceSpan where, string sentence, string remedy) =>
        found.Add(new(code, where, UserText.Shown(sentence), UserText.Shown(remedy), Severity.Warning));
}
