using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>
/// A place in a JSON document. Every question about what is there either has an answer or leaves a diagnostic and a harmless
/// stand-in, so that a reader reads on and all faults come out at once (the first few; more only repeat them).
/// </summary>
internal readonly struct JsonCursor(JsonElement? element, string path, JsonFindings findings)
{
    private readonly JsonElement? element = element;

    /// <summary>Where this is: <c>episodes_discrete[0].steps</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The member of that name; a finding when there is none.</summary>
    public JsonCursor this[string name]
    {
        get
        {
            var member = Find(name);
            if (member.element is null && element is not null)
            {
                findings.Add(element.Value.ValueKind == JsonValueKind.Object
                    ? new("MARL3102", SourceSpan.Whole(findings.File), $"The field '{member.Path}' is missing.", "Record the world again, with this field.")
                    : Wrong("an object"));
            }

            return member;
        }
    }

    /// <summary>True when something is there, and not null.</summary>
    public bool Exists => element is { ValueKind: not JsonValueKind.Null };

    /// <summary>The kind of value, or undefined.</summary>
    public JsonValueKind Kind => element?.ValueKind ?? JsonValueKind.Undefined;

    /// <summary>The member of that name, if there is one.</summary>
    public JsonCursor Find(string name) => new(
        element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var value) ? value : null,
        Path.Length == 0 ? name : $"{Path}.{name}",
        findings);

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<JsonCursor> Items()
    {
        if (!Is(JsonValueKind.Array, "a list"))
        {
            return [];
        }

        var (path, sink) = (Path, findings);
        return [.. element!.Value.EnumerateArray().Select((item, i) => new JsonCursor(item, $"{path}[{i}]", sink))];
    }

    /// <summary>The elements of an array of exactly <paramref name="count"/>.</summary>
    public IReadOnlyList<JsonCursor> Items(int count)
    {
        var items = Items();
        if (items.Count == count)
        {
            return items;
        }

        if (Kind == JsonValueKind.Array)
        {
            findings.Add(Wrong($"a list of {count}"));
        }

        var sink = findings;
        return [.. Enumerable.Range(0, count).Select(i => new JsonCursor(null, "", sink))];
    }

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members() =>
        Is(JsonValueKind.Object, "an object") ? element!.Value.EnumerateObject().Select(p => (p.Name, p.Value)) : [];

    /// <summary>The members of an object by name; none where nothing is there. Of repeated members JSON readers take the last.</summary>
    public Dictionary<string, JsonElement> Named()
    {
        var named = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in Exists ? Members() : [])
        {
            named[name] = value;
        }

        return named;
    }

    /// <summary>A text.</summary>
    public string Text() => Is(JsonValueKind.String, "text") ? element!.Value.GetString()! : "";

    /// <summary>A number.</summary>
    public double Number() => Is(JsonValueKind.Number, "a number") && element!.Value.TryGetDouble(out var number) ? number : 0;

    /// <summary>A list of numbers.</summary>
    public double[] Numbers() => [.. Items().Select(i => i.Number())];

    /// <summary>A list of exactly <paramref name="count"/> numbers.</summary>
    public double[] Numbers(int count) => [.. Items(count).Select(i => i.Number())];

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag()
    {
        if (element is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            findings.Add(Wrong("true or false"));
        }

        return Kind == JsonValueKind.True;
    }

    private bool Is(JsonValueKind kind, string expectation)
    {
        if (element is { } e && e.ValueKind != kind)
        {
            findings.Add(Wrong(expectation));
        }

        return Kind == kind;
    }

    private Diagnostic Wrong(string expectation) => new(
        "MARL3103", SourceSpan.Whole(findings.File), $"The field '{(Path.Length == 0 ? "(whole file)" : Path)}' is {Describe()}, not {expectation}.", "See the recordings under tests/golden for the format.");

    private string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"a list of {element!.Value.GetArrayLength()}",
        JsonValueKind.String => "text",
        JsonValueKind.Number => $"the number {element!.Value.GetRawText()}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}

/// <summary>What was found wrong in one file; the first few findings are kept.</summary>
internal sealed class JsonFindings(string file)
{
    private const int Kept = 10;

    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>The findings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    /// <summary>Adds one, unless there are enough.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (diagnostics.Count < Kept)
        {
            diagnostics.Add(diagnostic);
        }
    }
}
