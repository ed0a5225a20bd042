using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Collects what the passes find: everything, each thing once, in the order of the file.</summary>
/// <param name="earlier">What earlier passes have found.</param>
internal sealed class Findings(params IEnumerable<Diagnostic> earlier)
{
    /// <summary>Errors, and warnings, that are kept of one pipeline: only files that nobody writes have more.</summary>
    private const int Most = 3 * Limit;

    private readonly List<Diagnostic> found = [.. earlier];
    private int errors = earlier.Count(d => d.Severity == Severity.Error);

    public bool HasErrors => errors > 0;

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

    public void Add(IEnumerable<Diagnostic> more)
    {
        foreach (var diagnostic in more)
        {
            Keep(diagnostic);
        }
    }

    public void Error(string code, SourceSpan where, string sentence, string remedy) => Keep(new(code, where, sentence, remedy));

    public void Warning(string code, SourceSpan where, string sentence, string remedy) => Keep(new(code, where, sentence, remedy, Severity.Warning));

    /// <summary>What was probably meant (<see cref="Nearest.Remedy"/>); nothing where it would not be shown, since looking for it takes long.</summary>
    public string Remedy(string typed, IEnumerable<string> candidates, string noun) => errors < Most ? Nearest.Remedy(typed, candidates, noun) : "";

    private void Keep(Diagnostic diagnostic)
    {
        var isError = diagnostic.Severity == Severity.Error;
        if ((isError ? errors : found.Count - errors) >= Most)
        {
            return;
        }

        errors += isError ? 1 : 0;
        found.Add(diagnostic with { Sentence = UserText.Shown(diagnostic.Sentence), Remedy = UserText.Shown(diagnostic.Remedy) });
    }
}
