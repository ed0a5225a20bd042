namespace Marl.Actors.Testing.Snapshots;

/// <summary>Finds the folder of a source file whose path the compiler filled in.</summary>
internal static class SourceFolder
{
    /// <summary>
    /// The folder as it is on this machine. A deterministic CI build shortens the repository's root to <c>/_/</c>; then the
    /// root is looked for above the folder the tests run in.
    /// </summary>
    public static string Of(string file)
    {
        var normal = file.Replace('\\', '/');
        if (!normal.StartsWith("/_", StringComparison.Ordinal) || File.Exists(file))
        {
            return Path.GetDirectoryName(Path.GetFullPath(file))!;
        }

        var relative = normal[(normal.IndexOf('/', 1) + 1)..];
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (File.Exists(candidate))
            {
                return Path.GetDirectoryName(candidate)!;
            }
        }

        throw new InvalidOperationException(
            $"The source file '{file}' is not above '{AppContext.BaseDirectory}'; run the tests inside the repository they were built in.");
    }
}
