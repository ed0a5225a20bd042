namespace Marl.Actors.Benchmarks.Table;

/// <summary>The pipelines that are measured: those of the repository, with or without changes, and some of this project's own.</summary>
internal static class PipelineFiles
{
    /// <summary>MAPPO on simple-spread, as committed.</summary>
    public static string MappoSpread => OfRepository("mappo-spread.yaml");

    /// <summary>A file of this project.</summary>
    public static string Own(string name) => Path.Combine(AppContext.BaseDirectory, "Pipelines", name);

    /// <summary>A committed pipeline, found above the program.</summary>
    public static string OfRepository(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "pipelines", name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new InvalidOperationException($"There is no pipelines/{name} above {AppContext.BaseDirectory}.");
    }

    /// <summary>Works with a copy of a file in which one text stands for another.</summary>
    public static async Task<T> WithAsync<T>(string file, string text, string instead, Func<string, Task<T>> work)
    {
        var original = await File.ReadAllTextAsync(file);
        if (!original.Contains(text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Path.GetFileName(file)} no longer says '{text}'.");
        }

        var folder = Directory.CreateTempSubdirectory("marl-table-");
        try
        {
            var changed = Path.Combine(folder.FullName, Path.GetFileName(file));
            await File.WriteAllTextAsync(changed, original.Replace(text, instead, StringComparison.Ordinal));
            return await work(changed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
