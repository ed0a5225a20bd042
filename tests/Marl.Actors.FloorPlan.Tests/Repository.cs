using System.Diagnostics;

namespace Marl.Actors.FloorPlan.Tests;

/// <summary>The files of the repository, as git sees them: tracked, or new and not ignored.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All files, relative to the root, with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (FromGit() ?? FromDisk()).Order(StringComparer.Ordinal)];

    /// <summary>The C# files below the given folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        OfThisHouse(".cs").Where(f => folders.Any(folder => f.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>The project files.</summary>
    public static IEnumerable<ProjectFile> Projects => OfThisHouse(".csproj").Select(ProjectFile.Read);

    /// <summary>The text of a file.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The lines of a file with their numbers, from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string file) => Text(file).Split('\n').Select((text, i) => (i + 1, text));

    private static IEnumerable<string> OfThisHouse(string extension) => Files.Where(f =>
        f.EndsWith(extension, StringComparison.Ordinal) && !Plan.Samples.Any(folder => f.StartsWith(folder, StringComparison.Ordinal)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Marl.Actors.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests read the repository they were built in.");
    }

    private static IEnumerable<string>? FromGit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", "ls-files -z --cached --others --exclude-standard")
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = git.StandardError.ReadToEndAsync();
            var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            _ = errors.Result;
            return git.ExitCode == 0 && names.Length > 0 ? names.Distinct().Where(name => File.Exists(Path.Combine(Root, name))) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no git here: an unpacked archive
        }
    }

    private static IEnumerable<string> FromDisk() => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".git" or "runs" or "packages" or "TestResults" or ".vs" or ".idea"));
}
