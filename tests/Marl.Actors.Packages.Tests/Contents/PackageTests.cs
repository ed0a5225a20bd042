using System.Text.RegularExpressions;
using System.Xml.Linq;
using Marl.Actors.Packages.Tests.Packing;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Packages.Tests.Contents;

/// <summary>What every package holds and says.</summary>
[Collection(PackedCollection.Name)]
public sealed class PackageTests(PackedRepository packed)
{
    private const string Tool = "marl";

    /// <summary>Packages without a library, and so without symbols beside them.</summary>
    private static readonly string[] WithoutLibrary = ["Marl.Actors.Build", "Marl.Actors.Templates"];

    public static TheoryData<string> Ids => [.. PackedRepository.Projects.Select(Id)];

    public static TheoryData<string> Libraries => [.. PackedRepository.Projects.Where(p => p.Contains(Path.Combine(PackedRepository.Root, "src"), StringComparison.Ordinal)).Select(Id)];

    [Fact]
    public void Every_shipped_project_packs_and_nothing_else() => Assert.Equal(
        PackedRepository.Projects.Select(Id).SelectMany(id => WithoutLibrary.Contains(id) ? [packed.Package(id)] : new[] { packed.Package(id), packed.Package(id, ".snupkg") }).Order(StringComparer.Ordinal),
        Directory.GetFiles(packed.Source).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_says_what_it_is(string id)
    {
        var package = PackageFile.Read(packed.Package(id));

        Assert.Equal((id, packed.Version, "MIT", "README.md"), (package["id"], package["version"], package["license"], package["readme"]));
        Assert.EndsWith(".", package["description"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(PackedRepository.Root, "src", "README.md")), package.Content("README.md"));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_comes_with_its_documentation_and_symbols(string id)
    {
        var names = PackageFile.Read(packed.Package(id)).Names;

        Assert.Contains($"lib/net10.0/{id}.dll", names);
        Assert.Contains($"lib/net10.0/{id}.xml", names);
        Assert.Contains($"lib/net10.0/{id}.pdb", PackageFile.Read(packed.Package(id, ".snupkg")).Names);
    }

    /// <summary>Each system has its own libtorch, half a gigabyte of it: the program that learns with it chooses.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_is_for_every_system(string id)
    {
        var package = PackageFile.Read(packed.Package(id));

        Assert.DoesNotContain(package.Dependencies.Keys, d => d.StartsWith("libtorch", StringComparison.Ordinal));
        Assert.DoesNotContain(package.Names, e => e.Contains("torch_cpu", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_a_package_asks_for_has_the_version_of_the_one_list(string id) => Assert.All(
        PackageFile.Read(packed.Package(id)).Dependencies,
        dependency => Assert.Equal(
            dependency.Key.StartsWith("Marl.", StringComparison.Ordinal) ? packed.Version : PackedRepository.CentralVersions[dependency.Key],
            dependency.Value));

    [Fact]
    public void Samples_ask_for_the_versions_of_the_one_list()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(Snapshots.Folder(), "..", "Samples"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
            .Select(p => (Id: (string)p.Attribute("Include")!, Version: (string)p.Attribute("Version")!))
            .Where(p => !p.Id.StartsWith("Marl.", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(asked);
        Assert.All(asked, p => Assert.Equal(PackedRepository.CentralVersions[p.Id], p.Version));
    }

    [Fact]
    public void Everything_that_packs_is_built_before_these_tests()
    {
        var built = new HashSet<string>();
        Follow(Path.Combine(Snapshots.Folder(), "..", "Marl.Actors.Packages.Tests.csproj"));
        Assert.Empty(PackedRepository.Projects.Except(built));

        void Follow(string project)
        {
            foreach (var reference in XDocument.Load(project).Descendants("ProjectReference").Select(r => (string)r.Attribute("Include")!))
            {
                var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference));
                if (built.Add(path))
                {
                    Follow(path);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_names_no_machine(string id)
    {
        string[] extensions = PackedRepository.HasOptimisedCode ? [".nupkg", ".snupkg"] : []; // in Debug builds a debugger wants the true paths
        foreach (var package in extensions.Select(e => packed.Package(id, e)).Where(File.Exists).Select(PackageFile.Read))
        {
            Assert.Empty(package.Holding(PackedRepository.Root));
            Assert.DoesNotContain(package.Manifest.Descendants(), e => e.Attribute("url") is not null || e.Name.LocalName == "projectUrl");
        }
    }

    [Fact]
    public void The_tool_is_small_enough_to_download() =>
        Assert.InRange(new FileInfo(packed.Package(Tool)).Length, 0, 70_000_000);

    [Fact]
    public async Task Packing_again_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var projects = PackedRepository.Projects.Where(p => Id(p) is "Marl.Actors.Core" or "Marl.Actors.Testing");
        (await packed.PackAsync(folder.Path, projects)).Succeeded();

        Assert.Equal(4, folder.Names.Count);
        Assert.All(folder.Names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(packed.Source, name)), File.ReadAllBytes(folder[name])));
    }

    private static string Id(string project) => Regex.Match(File.ReadAllText(project), "<PackageId>(.*)</PackageId>") is { Success: true } match
        ? match.Groups[1].Value
        : Path.GetFileNameWithoutExtension(project);
}
