using System.Text.RegularExpressions;
using Marl.Actors.Packages.Tests.Packing;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Packages.Tests.Contents;

/// <summary>The README that all packages carry holds no code and no name that nobody compiles.</summary>
public sealed class PackageReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(PackedRepository.Root, "src", "README.md"));

    [Fact]
    public void Its_code_stands_in_the_sample()
    {
        var sample = string.Concat(Directory.EnumerateFiles(Path.Combine(Snapshots.Folder(), "..", "Samples", "Thermostat"), "*.cs").Select(File.ReadAllText));
        var lines = Regex.Matches(Text, "```csharp\n(.*?)```", RegexOptions.Singleline).SelectMany(m => m.Groups[1].Value.Split('\n')).Where(l => l.Length > 0).ToArray();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(line + "\n", sample));
    }

    [Fact]
    public void The_packages_it_names_are_there()
    {
        var named = Regex.Matches(Text, @"`(Marl\.[\w.]+)`").Select(m => m.Groups[1].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, PackedRepository.Projects.Select(p => Path.GetFileNameWithoutExtension(p))));
    }

    [Fact]
    public void The_libtorch_it_names_is_the_one_in_the_list() => Assert.All(
        Regex.Matches(Text, @"`(libtorch-[\w-]+)`").Select(m => m.Groups[1].Value),
        name => Assert.Contains($"version {PackedRepository.CentralVersions[name]}", Text));
}
