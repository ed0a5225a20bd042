using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Sweeps;

/// <summary>The files of a sweep's runs: <c>runs/&lt;sweep&gt;-&lt;time&gt;/</c>, with a run's folder for each trial.</summary>
/// <param name="Path">The folder.</param>
public sealed record SweepFolder(string Path)
{
    /// <summary>The sweep file as it is run; it names the pipeline beside it.</summary>
    public string Sweep => In(SweepBundle.Root);

    /// <summary>The pipeline as it is run.</summary>
    public string Pipeline => In(PipelineBundle.Root);

    /// <summary>What was said on top of the sweep file; its presence makes the folder one of a sweep.</summary>
    public string Record => In("sweep.json");

    /// <summary>A row a trial.</summary>
    public string Trials => In("sweep.csv");

    /// <summary>A row a setting, the best first.</summary>
    public string Settings => In("settings.csv");

    /// <summary>The curves of the best settings.</summary>
    public string LearningCurves => In("learning-curves.png");

    /// <summary>The folder of one run.</summary>
    public RunFolder Trial(SweepTrial trial) => new(In(trial.Name));

    /// <summary>Whether a folder is one of a sweep.</summary>
    public static bool IsOne(string path) => File.Exists(new SweepFolder(path).Record);

    /// <summary>Makes a new folder: the given one, or <c>runs/&lt;sweep&gt;-&lt;time&gt;</c>.</summary>
    /// <returns>The folder; <see cref="FolderCodes.InUse"/> when it holds runs.</returns>
    public static Result<SweepFolder> Create(string? path, string sweep, DateTimeOffset time)
    {
        path ??= RunFolder.Unused(sweep, time);
        return RunFolder.HoldsRuns(path)
            ? Result.Failure<SweepFolder>(RunFolder.Taken(path))
            : WholeFile.Folder(path).Map(_ => new SweepFolder(path));
    }

    /// <summary>Keeps the sweep, its pipeline and all parts, so that the campaign can go on from the folder alone.</summary>
    public Result<long> Keep(string sweep, string pipeline) => SweepBundle.Of(sweep, pipeline).Then(files =>
    {
        var parts = files.Count > 2 ? WholeFile.Folder(In(PipelineBundle.Parts)).Map(_ => 0L) : Result.Success(0L);
        return files.Aggregate(parts, (written, file) => written.Then(_ => WholeFile.Write(In(file.Path), file.Content.Span)));
    });

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
