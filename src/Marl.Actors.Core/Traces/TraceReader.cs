using System.Globalization;
using System.Text.RegularExpressions;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Traces;

/// <summary>Reads what <see cref="TraceText"/> wrote.</summary>
public static partial class TraceReader
{
    private const string NotATrace = "MARL3801";

    /// <summary>The trace, or the first line that is not of one.</summary>
    /// <param name="text">The document; line ends don't matter.</param>
    /// <param name="file">Where it came from, for the diagnostic.</param>
    public static Result<Trace> Read(string text, string file)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var at = 0;
        try
        {
            return Result.Success(Read(lines, ref at));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return Result.Failure<Trace>(new Diagnostic(
                NotATrace,
                new(file, Math.Min(at, lines.Length - 1) + 1, 1),
                "This is not a line of a trace.",
                "Write the trace anew: marl trace FILE --out TRACE."));
        }
    }

    private static Trace Read(string[] lines, ref int at)
    {
        var pipeline = Header(lines, ref at, TraceText.Head);
        var seed = Whole(Header(lines, ref at, "seed: "));
        var steps = Whole(Header(lines, ref at, "steps: "));
        var isFull = Header(lines, ref at, "messages: ") switch { "all" => true, "thinned" => false, _ => throw Broken(ref at) };
        var profile = Header(lines, ref at, "profile: ");
        var edges = new List<TraceEdge>();
        Header(lines, ref at, "");
        while (Peek(lines, at) != TraceText.PoliciesHead)
        {
            edges.Add(Edge(lines, ref at));
            Header(lines, ref at, "");
        }

        at++;
        var policies = new List<TracePolicy>();
        while (Peek(lines, at) is { Length: > 0 } line)
        {
            var parts = Matched(PolicyLine(), line);
            policies.Add(new(parts["group"].Value, Whole(parts["version"].Value), Field(parts["field"].Value), parts["digest"].Value));
            at++;
        }

        return new()
        {
            Pipeline = pipeline,
            Seed = seed,
            Steps = steps,
            IsFull = isFull,
            Profile = profile,
            Edges = edges.ToValues(),
            Policies = policies.ToValues(),
        };
    }

    private static TraceEdge Edge(string[] lines, ref int at)
    {
        var head = Matched(EdgeLine(), Peek(lines, at));
        var headAt = at++;
        var links = new List<TraceLink>();
        while (Peek(lines, at).StartsWith("  ", StringComparison.Ordinal))
        {
            var link = Matched(LinkLine(), Peek(lines, at));
            at++;
            var messages = new List<TraceMessage>();
            while (Peek(lines, at).StartsWith("    #", StringComparison.Ordinal))
            {
                messages.Add(Message(Peek(lines, at)));
                at++;
            }

            links.Add(new(link["name"].Value, Whole(link["count"].Value), link["ended"].Success, messages.ToValues()));
        }

        if (Peek(lines, at).Length > 0)
        {
            throw new FormatException();
        }

        var edge = new TraceEdge(head["name"].Value, links.ToValues(), head["digest"].Value);
        if (edge.Count != Whole(head["count"].Value))
        {
            at = headAt;
            throw new FormatException();
        }

        return edge;
    }

    private static TraceMessage Message(string line)
    {
        var parts = line[4..].Split("  ");
        var head = Matched(MessageHead(), parts[0]);
        var stamp = new Stamp((int)Whole(head["update"].Value), (int)Whole(head["step"].Value), head["round"].Success ? (int)Whole(head["round"].Value) : 0);
        return new(Whole(head["number"].Value), stamp, head["kind"].Value, parts.Skip(1).Select(Field).ToValues());
    }

    private static TraceField Field(string text)
    {
        var parts = Matched(FieldText(), text);
        return new(
            parts["name"].Value,
            parts["shape"].Value,
            parts["centred"].Value == "sum",
            Number(parts["centre"].Value),
            Number(parts["min"].Value),
            Number(parts["max"].Value));
    }

    private static string Header(string[] lines, ref int at, string key)
    {
        var line = Peek(lines, at);
        if (!line.StartsWith(key, StringComparison.Ordinal) || (key.Length == 0 && line.Length > 0))
        {
            throw new FormatException();
        }

        at++;
        return line[key.Length..];
    }

    private static FormatException Broken(ref int at)
    {
        at--;
        return new();
    }

    private static string Peek(string[] lines, int at) => at < lines.Length ? lines[at] : throw new FormatException();

    private static GroupCollection Matched(Regex form, string text) => form.Match(text) is { Success: true } match ? match.Groups : throw new FormatException();

    private static long Whole(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<name>.+), (?<count>[0-9]+) messages, (?<digest>sha256:[0-9a-f]{64})$", RegexOptions.NonBacktracking)]
    private static partial Regex EdgeLine();

    [GeneratedRegex("^  (?<name>[^ #].*), (?<count>[0-9]+) messages(?<ended>, ended)?$", RegexOptions.NonBacktracking)]
    private static partial Regex LinkLine();

    [GeneratedRegex(@"^#(?<number>[0-9]+) @(?<update>[0-9]+)\.(?<step>[0-9]+)(\.(?<round>-?[0-9]+))? (?<kind>\S+)$", RegexOptions.NonBacktracking)]
    private static partial Regex MessageHead();

    [GeneratedRegex(@"^(?<name>.+)\[(?<shape>[0-9×]*)\] (?<centred>sum|mean) (?<centre>\S+) in (?<min>[^ .]+(\.[0-9][^ .]*)?)\.\.(?<max>\S+)$", RegexOptions.NonBacktracking)]
    private static partial Regex FieldText();

    [GeneratedRegex("^  (?<group>.+), version (?<version>[0-9]+), (?<field>.+), (?<digest>sha256:[0-9a-f]{64})$", RegexOptions.NonBacktracking)]
    private static partial Regex PolicyLine();
}
