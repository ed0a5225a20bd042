using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>Collects what is wrong with one file: every finding once, up to a limit that only hostile files reach.</summary>
internal sealed class Findings(string file)
{
    /// <summary>Findings shown of one file.</summary>
    public const int Limit = 100;

    private readonly List<Diagnostic> all = [];

    /// <summary>The file as the user named it.</summary>
    public string File => file;

    /// <summary>Adds an error.</summary>
    public void Add(string code, SourceSpan where, string sentence, string remedy)
    {
        var finding = new Diagnostic(code, where, UserText.Shown(sentence), UserText.Shown(remedy));
        if (all.Count <= Limit && !all.Contains(finding))
        {
            all.Add(finding);
        }
    }

    /// <summary>Whether something is wrong with a line already.</summary>
    public bool HasAny(int line) => all.Exists(d => d.Where.Line == line);

    /// <summary>The findings in the order of the file.</summary>
    public Values<Diagnostic> Sorted()
    {
        var shown = all.Take(Limit).OrderBy(d => d.Where.Line).ThenBy(d => d.Where.Column).ToList();
        if (all.Count > Limit)
        {
            shown.Add(new(TextCodes.TooManyFindings, shown[^1].Where, $"Only the first {Limit} findings are shown.", "Repair these first."));
        }

        return [.. shown];
    }

    /// <summary>The value with the findings; a failure if there is no value or any error.</summary>
    public Result<T> Result<T>(T? value)
        where T : class =>
        value is null || all.Count > 0 ? Core.Results.Result.Failure<T>(Sorted()) : Core.Results.Result.Success(value);

    /// <summary>User text in single quotes, shortened and on one line, fit for a sentence.</summary>
    public static string Quote(string text) => UserText.Quote(text);
}
