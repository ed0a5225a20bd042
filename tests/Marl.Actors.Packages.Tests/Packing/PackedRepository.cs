using Marl.Actors.Build.Tests.Projects;
using System.Reflection;
using System.Xml.Linq;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>
/// All packages of this repository, made from the assemblies that were just built, in a folder of their own and under a version
/// no other run has: what is restored from it is never a copy somebody cached. Packing compiles nothing and writes nothing
/// into the repository, so test projects that run meanwhile don't notice.
/// </summary>
public sealed class PackedRepository : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Snapshots.Folder(), "..", "..", ".."));

    /// <summary>The folder of the packages: a NuGet source.</summary>
    public string Source => folder["source"];

    /// <summary>The version they all have.</summary>
    public string Version { get; } = $"0.1.0-run.{Guid.NewGuid():N}";

    /// <summary>Where restores of users put these packages, and only these.</summary>
    public string PrivatePackages => folder["packages"];

    /// <summary>What is packed is what a release holds.</summary>
    public static bool HasOptimisedCode => Configuration == "Release";

    private static string Configuration { get; } =
        typeof(PackedRepository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The projects that pack.</summary>
    public static IEnumerable<string> Projects => new[] { "src", "tools" }
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.csproj", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    /// <summary>The versions of <c>Directory.Packages.props</c>.</summary>
    public static IReadOnlyDictionary<string, string> CentralVersions { get; } = XDocument
        .Load(Path.Combine(Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(p => (string)p.Attribute("Include")!, p => (string)p.Attribute("Version")!);

    /// <summary>Packs.</summary>
    public async Task InitializeAsync() => (await PackAsync(Source, Projects)).Succeeded();

    /// <summary>Packs projects into a folder.</summary>
    public async Task<Outcome> PackAsync(string target, IEnumerable<string> projects)
    {
        var traversal = folder["pack.proj"];
        await File.WriteAllTextAsync(traversal, $"""
            <Project DefaultTargets="Pack">
              <ItemGroup>
                <Packed Include="{string.Join(';', projects)}" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        using var turn = await PackingTurn.TakeAsync(Root);
        return await UserShell.BuildAsync(
            folder.Path, "msbuild", traversal, "-v:quiet", "-nologo", "-m:1",
            "-p:NoBuild=true",
            $"-p:Configuration={Configuration}",
            $"-p:Version={Version}",
            $"-p:PackageOutputPath={target}",
            $"-p:NuspecOutputPath={folder["nuspecs"]}/",
            $"-p:PublishDir={folder["publish"]}/");
    }

    /// <summary>The path of a package.</summary>
    public string Package(string id, string extension = ".nupkg") => Path.Combine(Source, $"{id}.{Version}{extension}");

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests that use the packages run one after another and pack once.</summary>
[CollectionDefinition(Name)]
public sealed class PackedCollection : ICollectionFixture<PackedRepository>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "packed";
}
