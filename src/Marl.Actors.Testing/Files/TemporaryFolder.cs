namespace Marl.Actors.Testing.Files;

/// <summary>A folder of a test's own, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("marl-test-").FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of all that lies in it, sorted.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.GetFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
