using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Every_project_references_only_what_its_row_allows()
    {
        var findings = new List<string>();
        foreach (var project in Repository.Projects.Where(p => !p.Path.StartsWith("tests/", StringComparison.Ordinal)))
        {
            if (!Plan.Rooms.TryGetValue(project.Name, out var room))
            {
                findings.Add($"{project.Path} has no row in the floor plan");
                continue;
            }

            findings.AddRange(project.References.Except(room.References).Select(r => $"{project.Name} may not reference {r}"));
            findings.AddRange(project.Packages.Except(room.Packages).Select(p => $"{project.Name} may not use the package {p}"));
        }

        Findings.None(findings);
    }

    [Fact]
    public void Package_versions_stand_in_one_place() =>
        Findings.None(Repository.Projects.Where(p => p.PinsVersions).Select(p => $"{p.Path} states a package version; Directory.Packages.props does"));

    [Fact]
    public void Every_pinned_package_has_one_version()
    {
        var names = Regex.Matches(Repository.Text("Directory.Packages.props"), "PackageVersion Include=\"([^\"]+)\"").Select(m => m.Groups[1].Value);

        Findings.None(names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_nothing_else()
    {
        var listed = Regex.Matches(Repository.Text("Marl.Actors.sln"), "\"([^\"]+\\.csproj)\"").Select(m => m.Groups[1].Value.Replace('\\', '/'));

        Assert.Equal(Repository.Projects.Select(p => p.Path).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Findings.None(Repository.Files.Where(f => f.EndsWith(".slnx", StringComparison.Ordinal)));
    }

    [Fact]
    public void Projects_lie_in_folders_of_their_names()
    {
        var wrong = Repository.Projects.Where(p => !Regex.IsMatch(p.Path, $"^(src|tools|tests)/{Regex.Escape(p.Name)}/{Regex.Escape(p.Name)}\\.csproj$"));

        Findings.None(wrong.Select(p => p.Path));
    }

    [Fact]
    public void Tests_mirror_the_projects_they_test()
    {
        var shipped = Repository.Projects.Where(p => !p.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(p => p.Name).ToHashSet();
        var tests = Repository.Projects.Where(p => p.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(p => p.Name).ToHashSet();

        Findings.None(shipped.Except(Plan.TestedElsewhere).Where(name => !tests.Contains(name + ".Tests")).Select(name => $"{name} has no test project"));
        Findings.None(tests.Except(Plan.TestsOfTheWhole)
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal) || !shipped.Contains(name[..^".Tests".Length]))
            .Select(name => $"{name} mirrors no project"));
    }

    [Fact]
    public void Test_projects_reference_what_they_mirror()
    {
        var wrong = Repository.Projects.Where(p =>
            p.Path.StartsWith("tests/", StringComparison.Ordinal)
            && !Plan.TestsOfTheWhole.Contains(p.Name)
            && !p.References.Contains(p.Name[..^".Tests".Length]));

        Findings.None(wrong.Select(p => p.Path));
    }
}
