using System.Globalization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Sweeps;

namespace Marl.Actors.Folders;

/// <summary>The files of a run: <c>runs/&lt;pipeline&gt;-&lt;time&gt;/</c>.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    private const string Lock = "run.lock";
    private const string Compiled = "pipeline" + CompiledPipeline.Extension;

    /// <summary>The pipeline file as it was run: the text, or what a build had compiled.</summary>
    public string Pipeline => File.Exists(In(Compiled)) ? In(Compiled) : In(PipelineBundle.Root);

    /// <summary>The parts it uses, as they were.</summary>
    public string Parts => In(PipelineBundle.Parts);

    /// <summary>Seed and overrides it was run with.</summary>
    public string Record => In("run.json");

    /// <summary>Outcome, written last: its presence says the run came to an end.</summary>
    public string Summary => In("summary.json");

    /// <summary>A row an update.</summary>
    public string TrainingTable => In("training.csv");

    /// <summary>A row an evaluation.</summary>
    public string EvaluationTable => In("evaluation.csv");

    /// <summary>Mean return against environment steps.</summary>
    public string LearningCurve => In("learning-curve.png");

    /// <summary>All policies.</summary>
    public string Policy => In("policy.safetensors");

    /// <summary>States to resume from.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>Recorded inboxes of stages.</summary>
    public string Inboxes => In("inboxes");

    /// <summary>Where the time went.</summary>
    public string Profile => In("profile.csv");

    /// <summary>What the actors said.</summary>
    public string Log => In("run.log");

    /// <summary>An episode as a moving picture.</summary>
    public string Episode => In("episode.svg");

    /// <summary>What its agents say to each other.</summary>
    public string Communication => In("communication");

    /// <summary>One policy for ONNX runtimes; a lone policy is <c>policy.onnx</c>.</summary>
    public string Onnx(string group, bool isOnly) => In(isOnly ? "policy.onnx" : $"policy.{group.Replace('/', '.')}.onnx");

    /// <summary>Makes a new folder: the given one, or <c>runs/&lt;pipeline&gt;-&lt;time&gt;</c>, which no other run has.</summary>
    public static Result<RunFolder> Create(string? path, string pipeline, DateTimeOffset time)
    {
        path ??= Unused(pipeline, time);
        if (HoldsRuns(path))
        {
            return Result.Failure<RunFolder>(Taken(path));
        }

        var folder = new RunFolder(path);
        var made = WholeFile.Folder(path).Then(_ => WholeFile.Folder(folder.Checkpoints));
        if (!made.IsSuccess && Directory.Exists(path))
        {
            folder.Discard();
        }

        return made.Map(_ => folder);
    }

    /// <summary>Whether a folder holds a run, the runs of several seeds, or a sweep.</summary>
    internal static bool HoldsRuns(string path) => File.Exists(new RunFolder(path).Record) || File.Exists(new SeriesFolder(path).Summary) || SweepFolder.IsOne(path);

    /// <summary>Keeps the pipeline file a run is started with and the parts it uses, so that the run can be repeated from the folder alone.</summary>
    /// <returns>The bytes of the pipeline.</returns>
    public Result<long> Keep(string pipeline) => pipeline.EndsWith(CompiledPipeline.Extension, StringComparison.OrdinalIgnoreCase)
        ? WholeFile.Read(pipeline).Then(bytes => WholeFile.Write(In(Compiled), bytes))
        : PipelineBundle.Of(pipeline).Then(files =>
        {
            var made = files.Count > 1 ? WholeFile.Folder(Parts).Map(_ => 0L) : Result.Success(0L);
            return files.Reverse().Aggregate(made, (written, file) => written.Then(_ => WholeFile.Write(In(file.Path), file.Content.Span)));
        });

    /// <summary>Holds the run for this process until disposed; the system lets go of it when the process dies.</summary>
    /// <returns>The hold; <see cref="FolderCodes.Running"/> when another process has it.</returns>
    public Result<IDisposable> Hold()
    {
        try
        {
            return Result.Success<IDisposable>(new FileStream(
                In(Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (Exception fault) when (FileFaults.IsFault(fault))
        {
            return Result.Failure<IDisposable>(FileFaults.IsInUse(fault)
                ? new(FolderCodes.Running, SourceSpan.Whole(Path), "Another process is at work on this run.", "Wait for its end, or stop it.")
                : FileFaults.Of(In(Lock), fault));
        }
    }

    /// <summary>Takes away what was written for a run that could not begin. What others have put there stays.</summary>
    public void Discard()
    {
        try
        {
            string[] parts = Directory.Exists(Parts) ? Directory.GetFiles(Parts, "*.yaml") : [];
            string[] tables = [TrainingTable, EvaluationTable, .. Directory.GetFiles(Path, "events.out.tfevents.*.marl")];
            foreach (var file in (string[])[Record, In(PipelineBundle.Root), In(Compiled), .. parts, In(Lock), .. tables])
            {
                File.Delete(file);
            }

            foreach (var folder in new[] { Parts, Checkpoints, Path }.Where(f => Directory.Exists(f) && !Directory.EnumerateFileSystemEntries(f).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (FileFaults.IsFault(fault))
        {
            // The fault that brought us here is the one to report.
        }
    }

    /// <summary><c>runs/&lt;name&gt;-&lt;time&gt;</c>, with a number behind it where there is such a folder already.</summary>
    public static string Unused(string name, DateTimeOffset time)
    {
        var first = System.IO.Path.Combine("runs", $"{name}-{time.ToLocalTime().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        var path = first;
        for (var i = 2; Directory.Exists(path); i++)
        {
            path = $"{first}-{i}";
        }

        return path;
    }

    internal static Diagnostic Taken(string path) => new(
        FolderCodes.InUse, SourceSpan.Whole(path), "This folder already holds a run.", "Name another --out, or go on with that run: marl run --resume.");

    /// <summary>The folder of an earlier run.</summary>
    public static Result<RunFolder> Open(string path)
    {
        var folder = new RunFolder(path);
        return !Directory.Exists(path)
            ? Result.Failure<RunFolder>(new Diagnostic(FolderCodes.Missing, SourceSpan.Whole(path), "There is no such folder.", "Name the folder of a run, as in runs/mappo-spread-20260101-120000."))
            : !File.Exists(folder.Record)
                ? Result.Failure<RunFolder>(new Diagnostic(FolderCodes.NotARun, SourceSpan.Whole(path), "This folder holds no run: run.json is missing.", "Name a folder that 'marl run' made."))
                : Result.Success(folder);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
