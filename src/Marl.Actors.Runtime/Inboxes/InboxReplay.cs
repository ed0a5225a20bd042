using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Feeds one stage its recorded inbox, alone: no world, no actors, no other stage; and holds what it sends against what it sent in the run.</summary>
public static class InboxReplay
{
    /// <summary>Replays a recording.</summary>
    /// <param name="graph">The graph of the run; its stop may be another.</param>
    /// <param name="path">The recording.</param>
    /// <param name="trace">Gather what flows along the edges that leave the stage: null for no, true for every message.</param>
    /// <param name="progress">Told after every firing how much of the recording is done: 0 to 1.</param>
    /// <param name="stop">Ends the replay between two firings.</param>
    /// <returns>What came of it, differences among it; a failure when the recording or the graph is not what it should be.</returns>
    public static Result<ReplayReport> Run(Graph graph, string path, bool? trace = null, Action<double>? progress = null, CancellationToken stop = default) => InboxFile.Open(path).Then(reader =>
    {
        using (reader)
        {
            var run = graph with { StopSteps = reader.Header.StopSteps };
            var topology = Topology.Of(run);
            var cell = topology.Cells.FirstOrDefault(c => c.Name == reader.Header.Cell);
            if (Refusal(reader.Header, cell, topology, path) is { } refusal)
            {
                return Result.Failure<ReplayReport>(refusal);
            }

            using var replay = new CellReplay(reader, path, cell!, topology, trace);
            return replay.Run(progress, stop);
        }
    });

    /// <summary>What a recording says about itself; the rest of the file is not looked at.</summary>
    public static Result<InboxHeader> Header(string path) => InboxFile.ReadHeader(path);

    /// <summary>The recordings in a folder, of all stages or of one, in the graph's order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="graph">The graph of the run.</param>
    /// <param name="stage">A stage (<c>team</c>) or a single instance (<c>team/agent-0</c>); null for all.</param>
    /// <returns>At least one; a failure when there is none.</returns>
    public static Result<Values<string>> Find(string folder, Graph graph, string? stage)
    {
        if (stage is not null && InboxRecorder.Unknown([stage], graph) is { Count: > 0 } unknown)
        {
            return Result.Failure<Values<string>>(unknown);
        }

        var found = Files(folder, InboxRecorder.Extension).Select(path => (Path: path, Header: InboxFile.ReadHeader(path))).ToArray();
        if (found.FirstOrDefault(f => !f.Header.IsSuccess) is { Header: { } damaged })
        {
            return Result.Failure<Values<string>>(damaged.Diagnostics);
        }

        var cells = Topology.Of(graph).Cells.Where(c => stage is null || InboxRecorder.IsOf(c, [stage])).Select(c => c.Name).ToList();
        var wanted = found.Select(f => (f.Path, f.Header.Value)).Where(f => cells.Contains(f.Value.Cell)).OrderBy(f => cells.IndexOf(f.Value.Cell)).ThenBy(f => f.Value.From).Select(f => f.Path).ToValues();
        return wanted.Count > 0 ? Result.Success(wanted) : Result.Failure<Values<string>>(Missing(folder, stage, found.Select(f => f.Header.Value.Cell)));
    }

    private static string[] Files(string folder, string extension) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Where(f => f.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    private static Diagnostic Missing(string folder, string? stage, IEnumerable<string> recorded)
    {
        var others = recorded.Distinct().ToArray();
        var cut = Files(folder, InboxRecorder.Extension + ".partial").Length > 0 ? " A recording was begun and never finished: the process was killed." : "";
        return new(
            InboxCodes.NotRecorded,
            SourceSpan.Whole(folder),
            $"{(stage is null ? "This run has recorded no inbox." : $"This run has not recorded '{stage}'.")}{cut}",
            others.Length > 0 ? $"Recorded: {string.Join(", ", others)}." : $"Record it: marl run FILE --record {stage ?? "learner"}.");
    }

    private static Diagnostic? Refusal(InboxHeader header, CellAddress? cell, Topology topology, string path)
    {
        var graph = topology.Graph;
        var difference = cell is null ? $"it has no '{header.Cell}'"
            : StageFacts.Difference(header.Stage, StageFacts.Of(cell, graph)) ?? (header.Lanes == topology.Lanes(cell) ? null : "other stages feed its inputs");
        return difference is null ? null : new(
            InboxCodes.OtherStage,
            SourceSpan.Whole(path),
            $"'{graph.Name}' is not the pipeline that was recorded: {difference}.",
            "Replay it with the pipeline, parameters and seed of its run.");
    }
}
