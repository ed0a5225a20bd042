using Marl.Actors.Build.Tests.Projects;
using System.Text.RegularExpressions;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>
/// A folder of a user's, outside the repository, who knows our packages only: a <c>nuget.config</c> adds their folder to the
/// machine's sources. Third-party packages come from the machine's package folder as a fallback, so that nothing is downloaded
/// again.
/// </summary>
public sealed class UserFolder : IDisposable
{
    private readonly PackedRepository packed;
    private readonly TemporaryFolder folder = new();

    /// <summary>Makes the folder.</summary>
    public UserFolder(PackedRepository packed)
    {
        this.packed = packed;
        Write("nuget.config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{packed.PrivatePackages}" />
              </config>
              <fallbackPackageFolders>
                <add key="machine" value="{UserShell.MachinePackages}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="marl" value="{packed.Source}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Where it is.</summary>
    public string Path => folder.Path;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => folder[name];

    /// <summary>
    /// Copies a committed sample into this folder. Where its project says <c>Version="0.1.0"</c>, the copy says the version that
    /// was packed.
    /// </summary>
    public UserFolder WithSample(string name)
    {
        var source = System.IO.Path.GetFullPath(System.IO.Path.Combine(Snapshots.Folder(), "..", "Samples", name));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = this[System.IO.Path.GetRelativePath(source, file)];
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            if (file.EndsWith(".csproj", StringComparison.Ordinal))
            {
                File.WriteAllText(target, Regex.Replace(File.ReadAllText(file), "(?<=Include=\"Marl\\.[^\"]*\" Version=\")[^\"]*", packed.Version));
            }
            else
            {
                File.Copy(file, target);
            }
        }

        return this;
    }

    /// <summary>Writes a file of the user's.</summary>
    public void Write(string name, string text) => File.WriteAllText(this[name], text);

    /// <summary>Changes a file of the user's; the text to change must be there.</summary>
    public void Edit(string name, string from, string to)
    {
        var text = File.ReadAllText(this[name]);
        if (!text.Contains(from, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{name}' does not hold '{from}'.");
        }

        Write(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Runs a command of <c>dotnet</c> that builds here.</summary>
    public Task<Outcome> BuildAsync(params string[] arguments) => UserShell.BuildAsync(Path, arguments);

    /// <summary>Runs the tests that were built here, without building again.</summary>
    /// <param name="filter">Which; "" for all.</param>
    public Task<Outcome> TestAsync(string filter = "")
    {
        var project = System.IO.Path.GetFileNameWithoutExtension(Directory.GetFiles(Path, "*.csproj").Single());
        string[] all = ["test", System.IO.Path.Combine("bin", "Debug", "net10.0", project + ".dll")];
        return UserShell.DotNetAsync(Path, filter.Length == 0 ? all : [.. all, "--filter", filter]);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
