using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Pipelines.Tests;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>What became of a case.</summary>
/// <param name="Complaint">The rule it broke, and how; null for none.</param>
/// <param name="Codes">The codes it was refused with.</param>
/// <param name="Graph">The graph of a pipeline that was accepted.</param>
internal sealed record FuzzOutcome(string? Complaint, IReadOnlyList<string> Codes, Graph? Graph)
{
    /// <summary>It could be formatted.</summary>
    public bool IsFormatted { get; init; }

    /// <summary>Bytes that checking it once, or formatting it once, allocated: the greater. What the rules themselves compare is not counted.</summary>
    public long Allocated { get; init; }

    /// <summary>How long checking it once, or formatting it once, took: the greater.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>
/// What holds of every file, whatever its bytes: it is accepted, or refused with a sentence, a code and a place that exists in it;
/// what is accepted can be shown; what can be read can be formatted, and says the same then.
/// </summary>
internal static partial class FuzzRules
{
    /// <summary>Beside the committed pipelines, whose parts it may use. There is no such file.</summary>
    private static readonly string Name = Path.Combine(Repository.Root, "pipelines", "fuzz.yaml");

    private static readonly string[] Leaks = ["Exception", "at Yaml", "System.", "While scanning", "While parsing", "Line: ", "Idx:"];

    public static FuzzOutcome Check(byte[] bytes)
    {
        var cost = default((long Allocated, TimeSpan Took));
        return Check(bytes, ref cost) with { Allocated = cost.Allocated, Took = cost.Took };
    }

    private static FuzzOutcome Check(byte[] bytes, ref (long Allocated, TimeSpan Took) cost)
    {
        try
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            var examined = FileCheck.Examine(bytes, Name, BuiltIn.Catalog);
            cost = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start));
            var verdict = examined.Verdict;
            var codes = verdict.Diagnostics.Select(d => d.Code).ToList();
            var lines = Lines(bytes);
            if (verdict.Diagnostics.Select(d => Fault(d, lines)).FirstOrDefault(f => f is not null) is { } fault)
            {
                return new(fault, codes, null);
            }

            var graph = verdict.Match(v => v.Graph, _ => null);
            if (verdict.IsSuccess == verdict.Diagnostics.Any(d => d.Severity == Severity.Error))
            {
                return new($"{(verdict.IsSuccess ? "accepted with" : "refused without")} errors", codes, graph);
            }

            if (graph is not null)
            {
                _ = GraphText.Arrows(graph) + GraphText.Mermaid(graph);
                if (!graph.Equals(CompiledPipeline.Parse(CompiledPipeline.Write(examined), Name, BuiltIn.Catalog).Value))
                {
                    return new("compiled and read again it is another graph", codes, graph);
                }
            }

            return Formatted(bytes, verdict.IsSuccess, codes, graph, ref cost);
        }
        catch (Exception e)
        {
            return new($"{e.GetType().Name}: {e.Message.Split('\n')[0]}\n{e.StackTrace}", [], null);
        }
    }

    private static FuzzOutcome Formatted(byte[] bytes, bool isAccepted, IReadOnlyList<string> codes, Graph? graph, ref (long Allocated, TimeSpan Took) cost)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var once = PipelineFormatter.Format(text, Name);
        var took = Stopwatch.GetElapsedTime(start);
        cost = (Math.Max(cost.Allocated, GC.GetAllocatedBytesForCurrentThread() - before), took > cost.Took ? took : cost.Took);
        if (!once.IsSuccess || !Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes))
        {
            return new(isAccepted && graph is not null ? "accepted, and refused by the formatter" : null, codes, graph);
        }

        var twice = PipelineFormatter.Format(once.Value, Name);
        var complaint = !twice.IsSuccess ? $"formatted text is refused: {twice.Diagnostics[0]}"
            : twice.Value != once.Value ? $"formatting twice is not formatting once:\n{once.Value}\n---\n{twice.Value}"
            : Blanks().IsMatch(once.Value) ? "formatted text has blanks at line ends, or empty lines in a row"
            : Meaning(text) is { } meaning && meaning != Meaning(once.Value) ? $"formatting changes the meaning:\n{once.Value}"
            : graph is not null && !graph.Equals(FileCheck.Examine(Encoding.UTF8.GetBytes(once.Value), Name, BuiltIn.Catalog).Verdict.Value.Graph) ? "formatting changes the graph"
            : null;
        return new(complaint, codes, graph) { IsFormatted = true };
    }

    private static string? Meaning(string text) => PipelineReader.Parse(text, Name).Match(file => ModelText.Of(file), _ => null!);

    private static string? Fault(Diagnostic diagnostic, string[] lines)
    {
        var (where, text) = (diagnostic.Where, diagnostic.ToString());
        if (where.File != Name)
        {
            if (!File.Exists(where.File))
            {
                return $"another file: {text}";
            }

            lines = Lines(File.ReadAllBytes(where.File)); // a part's, damaged by what it was used with
        }

        return !Code().IsMatch(diagnostic.Code) ? $"no code: {text}"
            : !Sentence().IsMatch(diagnostic.Sentence) || !Sentence().IsMatch(diagnostic.Remedy) ? $"no sentence: {text}"
            : where.Line < 1 || where.Column < 1 ? $"no place: {text}"
            : where.Line > lines.Length || where.Column > lines[where.Line - 1].Length + 1 ? $"a place that is not in the file: {text}"
            : Leaks.Any(leak => text.Contains(leak, StringComparison.Ordinal)) || text.Any(char.IsControl) ? $"a sentence of somebody else's, or with control characters: {text}"
            : null;
    }

    private static string[] Lines(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        return text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
    }

    [GeneratedRegex(@"^MARL[0-9]{4}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^.+[.?]\z")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[ \t]\n|\n\n\n|\n\n\z|\r")]
    private static partial Regex Blanks();
}
