using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Catalogs;
using Marl.Actors.Clustering;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;
using Marl.Actors.Logging;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Profiles;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Profiles;
using Marl.Actors.Runtime.Runs;
using Microsoft.Extensions.Logging;

namespace Marl.Actors.Experiments;

/// <summary>Load, check, run: the front door for programs. The command line is a thin layer over it.</summary>
public static class Experiment
{
    /// <summary>Reads and checks a pipeline file, or one that a build has compiled.</summary>
    public static Result<Graph> Load(string path, ComponentCatalog? catalog = null, BindingOverrides? overrides = null) =>
        PipelineCompiler.Load(path, catalog ?? BuiltIn.Catalog, overrides ?? BindingOverrides.None);

    /// <summary>Runs a pipeline file to its end and writes its results.</summary>
    public static async Task<Result<ExperimentResult>> RunAsync(ExperimentRequest request)
    {
        var loaded = Load(request.Path, request.Catalog, request.Overrides).Then(graph => Recordable(request, graph));
        if (!loaded.IsSuccess)
        {
            return Result.Failure<ExperimentResult>(loaded.Diagnostics);
        }

        return await HoldingAsync(request, () => RunFolder.Create(request.Out, loaded.Value.Name, request.Time.GetUtcNow()), async folder =>
        {
            var prepared = Prepare(request, folder);
            return prepared.IsSuccess
                ? await RunAsync(request, loaded.Value, folder, resume: null, point: null)
                : Result.Failure<ExperimentResult>(prepared.Diagnostics);
        });
    }

    /// <summary>Runs a graph built in code; the folder then holds no pipeline file and can't be resumed from.</summary>
    public static Task<Result<ExperimentResult>> RunAsync(Graph graph, ExperimentRequest request) => HoldingAsync(
        request, () => Recordable(request, graph).Then(_ => RunFolder.Create(request.Out, graph.Name, request.Time.GetUtcNow())), folder => RunAsync(request, graph, folder, resume: null, point: null));

    /// <summary>
    /// Goes on with a run from its newest checkpoint, or from its beginning when it had none yet; <see cref="ExperimentRequest.Path"/>
    /// names its folder. A damaged checkpoint is passed over with a warning.
    /// </summary>
    public static Task<Result<ExperimentResult>> ResumeAsync(ExperimentRequest request) => HoldingAsync(request, () => RunFolder.Open(request.Path), async folder =>
    {
        var opened = RunRecord.Read(folder.Record)
            .Map(record => record with { StopSteps = request.Overrides.StopSteps ?? record.StopSteps })
            .Then(record => Load(folder.Pipeline, request.Catalog, record.Overrides)
                .Then(graph => Recordable(request, graph))
                .Then(graph => Newest(folder, graph)
                    .Then(checkpoint => Unfinished(folder, graph, checkpoint))
                    .Then(checkpoint => Reopen(folder, record).Map(_ => (graph, checkpoint)))));
        if (!opened.IsSuccess)
        {
            return Result.Failure<ExperimentResult>(opened.Diagnostics);
        }

        var result = await RunAsync(request, opened.Value.graph, folder, opened.Value.checkpoint, ResumeAt(opened.Value.graph, opened.Value.checkpoint));
        return opened.Then(_ => result); // with its warnings
    });

    /// <summary>
    /// Where a run goes on; null when it was ended before it had saved anything. One that died between its last checkpoint and its
    /// results does its last steps again.
    /// </summary>
    private static Result<Checkpoint?> Newest(RunFolder folder, Graph graph)
    {
        var read = CheckpointFile.ReadNewest(folder.Checkpoints, File.Exists(folder.Summary) ? long.MaxValue : graph.VectorSteps);
        return !read.IsSuccess && read.Diagnostics[0].Code == CheckpointCodes.None ? Result.Success<Checkpoint?>(null) : read.Map<Checkpoint?>(c => c);
    }

    /// <summary>The graph, if it has all stages that shall be recorded.</summary>
    internal static Result<Graph> Recordable(ExperimentRequest request, Graph graph) => Result.Of(graph, InboxRecorder.Unknown(request.Recorded, graph));

    /// <summary>Works in a folder that no other process works in meanwhile.</summary>
    private static async Task<Result<ExperimentResult>> HoldingAsync(ExperimentRequest request, Func<Result<RunFolder>> folder, Func<RunFolder, Task<Result<ExperimentResult>>> work)
    {
        if ((request.Interpretation.Problem ?? Unprofiled(request)) is { } problem)
        {
            return Result.Failure<ExperimentResult>(problem);
        }

        var opened = folder();
        var held = opened.Then(f => f.Hold());
        if (!held.IsSuccess)
        {
            return Result.Failure<ExperimentResult>(held.Diagnostics);
        }

        using (held.Value)
        {
            return await work(opened.Value);
        }
    }

    /// <summary>Why a run can't be profiled; null when it can, or need not be.</summary>
    private static Diagnostic? Unprofiled(ExperimentRequest request) => request is { IsProfiled: true, Interpretation.Interpreter: Interpreter.Cluster }
        ? new(ProfileCodes.Apart, SourceSpan.Whole("command line"), "A run that spans processes is not profiled: its stages are in others.", "Run it in one process, or leave out --profile; 'marl cluster status' counts messages and bytes.")
        : null;

    /// <summary>The run has no outcome any more: a summary of fewer steps must not outlive what comes now.</summary>
    private static Result<long> Reopen(RunFolder folder, RunRecord record) => record.Write(folder.Record).Then(length =>
    {
        try
        {
            File.Delete(folder.Summary);
            return Result.Success(length);
        }
        catch (Exception fault) when (FileFaults.IsFault(fault))
        {
            return Result.Failure<long>(FileFaults.Of(folder.Summary, fault));
        }
    });

    private static Result<Checkpoint?> Unfinished(RunFolder folder, Graph graph, Checkpoint? checkpoint) =>
        checkpoint is null || checkpoint.VectorSteps < graph.VectorSteps
            ? Result.Success(checkpoint)
            : Result.Failure<Checkpoint?>(new Diagnostic(
                FolderCodes.NothingLeft,
                SourceSpan.Whole(folder.Path),
                $"This run has done its {checkpoint.EnvironmentSteps} steps.",
                $"Give it more: --steps {checkpoint.EnvironmentSteps * 2}."));

    private static Result<long> Prepare(ExperimentRequest request, RunFolder folder)
    {
        var written = folder.Keep(request.Path)
            .Then(_ => RunRecord.Of(request.Path, request.Overrides).Write(folder.Record));
        if (!written.IsSuccess)
        {
            folder.Discard();
        }

        return written;
    }

    private static async Task<Result<ExperimentResult>> RunAsync(
        ExperimentRequest request, Graph graph, RunFolder folder, Checkpoint? resume, ResumePoint? point)
    {
        request.FolderMade?.Invoke(folder.Path);
        using var logging = RunLog.ToFile(folder.Log);
        var opened = await request.Interpretation.OpenAsync(
            request.Catalog, graph, () => RunRecord.Read(folder.Record).Then(record => Sources.Of(folder.Pipeline, request.Catalog, record.Overrides)), new RunClaims(folder), logging);
        if (!opened.IsSuccess)
        {
            return Result.Failure<ExperimentResult>(opened.Diagnostics);
        }

        await using var carrier = opened.Value;
        var clock = RunClock.Start(request.Time, folder, resume?.EnvironmentSteps ?? 0);
        while (true)
        {
            var attempt = await AttemptAsync(request, graph, folder, carrier, logging, clock, resume, point);
            if (attempt is not null)
            {
                return attempt;
            }

            var newest = Newest(folder, graph);
            if (!newest.IsSuccess)
            {
                return Result.Failure<ExperimentResult>(newest.Diagnostics);
            }

            foreach (var warning in newest.Diagnostics)
            {
                logging.CreateLogger(nameof(Experiment)).LogWarning("{Warning}", warning);
            }

            resume = newest.Value;
            point = ResumeAt(graph, resume);
        }
    }

    /// <summary>Runs to the end; null when nodes were lost and the rest is to be done again from the newest checkpoint.</summary>
    private static async Task<Result<ExperimentResult>?> AttemptAsync(
        ExperimentRequest request, Graph graph, RunFolder folder, IRunCarrier carrier, ILoggerFactory logging, RunClock clock, Checkpoint? resume, ResumePoint? point)
    {
        var earlier = point is null ? [] : EvaluationTable.Read(folder.EvaluationTable).Match(rows => rows, _ => []);
        var opened = MetricsLog.Open(folder.Path, request.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, point);
        if (!opened.IsSuccess)
        {
            if (point is null)
            {
                folder.Discard();
            }

            return Result.Failure<ExperimentResult>(opened.Diagnostics);
        }

        using var log = opened.Value;
        var unsaid = UnsaidRows.Of(resume?.Observer);
        var observer = new ExperimentObserver(graph, folder, log, clock, earlier.LastOrDefault(r => r.EnvironmentSteps <= (resume?.EnvironmentSteps ?? 0)), request.Progress);
        observer.Say(unsaid);
        var inboxes = request.Recorded.Count == 0 ? null : new InboxRecorder(folder.Inboxes, request.Recorded, resume?.EnvironmentSteps ?? 0);
        var profile = request.IsProfiled ? new RunProfile() : null;
        var outcome = await carrier.RunAsync(graph, new()
        {
            Profile = profile,
            Observer = observer,
            CheckpointFolder = folder.Checkpoints,
            Resume = resume,
            Logging = logging,
            Inboxes = inboxes,
            Stop = request.Stop,
        });
        var recorded = inboxes?.Close() ?? Result.Success<Values<string>>([]);
        return outcome.Ending switch
        {
            RunEnding.Interrupted => null,
            RunEnding.Failed => Result.Failure<ExperimentResult>([.. outcome.Failures, .. recorded.Diagnostics.Where(d => !outcome.Failures.Any(f => f.Code == d.Code))]),
            _ => ExperimentResults.Write(graph, folder, observer, outcome, clock, recorded.Match(files => files, _ => []))
                .Then(result => recorded.Map(_ => result))
                .Then(result => profile?.Report() is { } report ? ProfileFile.Write(folder.Profile, report).Map(_ => result with { Profile = report }) : Result.Success(result)),
        };
    }

    private static ResumePoint ResumeAt(Graph graph, Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            return new(0, 0, 0);
        }

        var update = (int)(checkpoint.VectorSteps / graph.Iteration);
        var every = ExperimentObserver.EvaluatedEvery(graph);
        var unsaid = UnsaidRows.Of(checkpoint.Observer); // said again, whether they were said or not
        var first = unsaid.FirstUpdate ?? update;
        return new(first, (long)first * graph.Iteration * graph.Copies, unsaid.FirstEvaluation ?? (((update * graph.Versions / every) * every) + 1));
    }
}
