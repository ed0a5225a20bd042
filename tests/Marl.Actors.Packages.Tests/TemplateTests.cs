using Marl.Actors.Packages.Tests.Packing;
using Xunit;

namespace Marl.Actors.Packages.Tests;

/// <summary><c>dotnet new marl</c> by a user who has the packages and nothing else of this repository.</summary>
[Collection(PackedCollection.Name)]
public sealed class TemplateTests(PackedRepository packed)
{
    [Fact]
    public async Task A_new_project_builds_learns_and_passes_its_tests()
    {
        using var user = new UserFolder(packed);
        string[] hive = ["--debug:custom-hive", user["hive"]];
        (await UserShell.DotNetAsync(user.Path, ["new", "install", packed.Package("Marl.Actors.Templates"), .. hive])).Succeeded();
        (await UserShell.DotNetAsync(user.Path, ["new", "marl", "--name", "two-walkers", .. hive])).Succeeded();

        (await user.BuildAsync("build", "two-walkers")).Succeeded().Said("0 Warning(s)");
        Assert.Contains("environment/meeting", File.ReadAllText(user["two-walkers/two-walkers/pipelines/schema/pipeline.v1.json"]));

        var learned = (await UserShell.DotNetAsync(user.Path, "run", "--project", "two-walkers/two-walkers", "--no-build")).Succeeded();
        var mean = double.Parse(learned.Text.Split("Mean return after learning: ")[1].Split(". ")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(mean > -2.5, $"Untrained walkers come to about -7, and these to {mean}.\n{learned.Text}");

        (await UserShell.DotNetAsync(user.Path, "test", "two-walkers", "--no-build")).Succeeded().Said("Passed:     2");

        // Mistakes are errors of the build, on their lines.
        user.Edit("two-walkers/two-walkers/pipelines/meeting.yaml", "cells: $cells", "cell: $cells");
        (await user.BuildAsync("build", "two-walkers", "--no-restore")).Failed("meeting.yaml(13,13): error MARL1301: 'world' has no option 'cell'. Did you mean 'cells'?");
    }
}
