using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Inboxes;

namespace Marl.Actors.Inboxes;

/// <summary>
/// Replays stages of a run, each alone with its recorded inbox: a learner without a world, an agent without a learner. What a
/// stage sends must be what it sent in the run, to the bit. Nothing is written. A graph built in code is replayed by
/// <see cref="InboxReplay.Run"/>.
/// </summary>
public static class Replays
{
    /// <summary>Replays the recordings one after another.</summary>
    /// <returns>A report each, differences among them; a failure when one could not be replayed.</returns>
    public static Result<Values<ReplayReport>> Run(ReplayRequest request)
    {
        var isFile = File.Exists(request.Path) || request.Path.EndsWith(InboxRecorder.Extension, StringComparison.Ordinal);
        var found = isFile
            ? InboxReplay.Header(request.Path).Then(_ => FolderOf(request.Path)).Then(folder => Open(folder, request)).Then(run => Fitting(request, run.Graph).Map(paths => (run.Graph, paths)))
            : Open(request.Path, request).Then(run => InboxReplay.Find(run.Folder.Inboxes, run.Graph, request.Stage).Map(paths => (run.Graph, paths)));
        return found.Then(f => request.IsTraced && f.paths.Count > 1
            ? Result.Failure<Values<ReplayReport>>(Several(request.Path, f.paths))
            : Run(request, f.Graph, f.paths));
    }

    private static Result<Values<ReplayReport>> Run(ReplayRequest request, Graph graph, Values<string> paths)
    {
        var reports = Result.Success<Values<ReplayReport>>([]);
        foreach (var path in paths)
        {
            reports = reports.Then(done => request.Stop.IsCancellationRequested && done.Count > 0
                ? Result.Success(done)
                : InboxReplay.Run(graph, path, request.IsTraced ? request.IsFull : null, share => request.Progress?.Invoke(path, share), request.Stop).Map<Values<ReplayReport>>(report => [.. done, report]));
        }

        return reports;
    }

    private static Result<(RunFolder Folder, Graph Graph)> Open(string path, ReplayRequest request) => RunFolder.Open(path).Then(folder =>
        RunRecord.Read(folder.Record)
            .Then(record => Experiment.Load(folder.Pipeline, request.Catalog, record.Overrides))
            .Map(graph => (folder, graph)));

    /// <summary>Pipeline, parameters and seed stand in the folder of the run.</summary>
    private static Result<string> FolderOf(string inbox)
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(inbox)));
        return folder is not null && File.Exists(new RunFolder(folder).Record)
            ? Result.Success(folder)
            : Result.Failure<string>(new Diagnostic(
                InboxCodes.NoRun,
                SourceSpan.Whole(inbox),
                "This file does not lie in the folder of a run, which says what the stage was made from.",
                "Put it back: RUN_DIR/inboxes/, with pipeline.yaml and run.json above it."));
    }

    /// <summary>One recording, if it is of the stage that was asked for.</summary>
    private static Result<Values<string>> Fitting(ReplayRequest request, Graph graph) => request.Stage is null
        ? Result.Success<Values<string>>([request.Path])
        : InboxReplay.Find(Path.GetDirectoryName(Path.GetFullPath(request.Path))!, graph, request.Stage).Then(paths =>
            paths.Any(p => p == Path.GetFullPath(request.Path))
                ? Result.Success<Values<string>>([request.Path])
                : Result.Failure<Values<string>>(new Diagnostic(
                    InboxCodes.NotRecorded, SourceSpan.Whole(request.Path), $"This is not the inbox of '{request.Stage}'.", $"That is in {string.Join(", ", paths.Select(p => Path.GetFileName(p)))}.")));

    private static Diagnostic Several(string path, Values<string> paths) => new(
        InboxCodes.Several,
        SourceSpan.Whole(path),
        $"A trace is of one recording, and here are {paths.Count}.",
        $"Name one of them: {string.Join(", ", paths.Select(p => Path.GetFileName(p)))}.");
}
