namespace Marl.Actors.Pipelines.Tests;

/// <summary>Finds files of the repository from the folder the tests run in.</summary>
internal static class TestFiles
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Folder(string path) => Path.Combine(Root, path);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Marl.Actors.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository."));
}
