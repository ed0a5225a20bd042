using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Folders;

/// <summary>The files of several runs of one pipeline: <c>seed-N/</c> each, and what is over all of them.</summary>
/// <param name="Path">The folder.</param>
public sealed record SeriesFolder(string Path)
{
    /// <summary>Figures over seeds, written last.</summary>
    public string Summary => System.IO.Path.Combine(Path, "seeds.json");

    /// <summary>Mean over seeds against environment steps.</summary>
    public string LearningCurve => System.IO.Path.Combine(Path, "learning-curve.png");

    /// <summary>The folder of one run.</summary>
    public string Seed(long seed) => System.IO.Path.Combine(Path, $"seed-{seed}");

    /// <summary>Makes a new folder, or takes one that holds none of these runs yet.</summary>
    /// <param name="path">The folder; null for <c>runs/&lt;pipeline&gt;-&lt;time&gt;</c>.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="time">Now.</param>
    /// <param name="seeds">The seeds that shall be run in it.</param>
    /// <returns>The folder; <see cref="FolderCodes.InUse"/> when it holds a run or one of these seeds.</returns>
    public static Result<SeriesFolder> Create(string? path, string pipeline, DateTimeOffset time, Values<long> seeds)
    {
        var folder = new SeriesFolder(path ?? RunFolder.Unused(pipeline, time));
        var taken = seeds.Select(folder.Seed).Prepend(folder.Path).FirstOrDefault(f => File.Exists(new RunFolder(f).Record));
        return taken is not null
            ? Result.Failure<SeriesFolder>(RunFolder.Taken(taken))
            : WholeFile.Folder(folder.Path).Map(_ => folder);
    }
}
