using System.IO.Compression;
using System.Reflection;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Build.Tests.Projects;

/// <summary>
/// The package Marl.Actors.Build, made from the assemblies that were just built, and what is in it: once for all test classes,
/// which run side by side. Packing compiles nothing and writes nothing into the repository.
/// </summary>
public sealed class BuildPackage : IAsyncLifetime
{
    private static readonly Lock Users = new();
    private static TemporaryFolder? folder;
    private static Task? packing;
    private static int users;

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Snapshots.Folder(), "..", "..", ".."));

    /// <summary>A version that no other run has: what is restored is never a copy somebody cached.</summary>
    public static string Version { get; } = $"0.1.0-run.{Guid.NewGuid():N}";

    /// <summary>The folder of the package file: a NuGet source.</summary>
    public string Source => folder!["source"];

    /// <summary>What is in the package.</summary>
    public string Content => folder!["content"];

    /// <summary>Where restores put it.</summary>
    public string RestoreFolder => folder!["restored"];

    /// <summary>The checker.</summary>
    public string Checker => Path.Combine(Content, "tools", "net10.0", "marl-check.dll");

    private static string Configuration => typeof(BuildPackage).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        lock (Users)
        {
            users++;
            folder ??= new();
            return packing ??= PackAsync();
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        lock (Users)
        {
            if (--users == 0)
            {
                folder!.Dispose();
                (folder, packing) = (null, null);
            }
        }

        return Task.CompletedTask;
    }

    private async Task PackAsync()
    {
        var packed = await Processes.DotNetAsync(
            folder!.Path,
            [
                "msbuild", Path.Combine(Root, "tools", "Marl.Actors.Build", "Marl.Actors.Build.csproj"), "-t:Pack", "-v:quiet", "-nologo", "-m:1", "-nodeReuse:false",
                "-p:NoBuild=true",
                $"-p:Configuration={Configuration}",
                $"-p:Version={Version}",
                $"-p:PackageOutputPath={Source}",
                $"-p:NuspecOutputPath={folder["nuspecs"]}/",
            ]);
        packed.Succeeded();
        ZipFile.ExtractToDirectory(Assert.Single(Directory.GetFiles(Source, "*.nupkg")), Content);
    }
}
