using Marl.Actors.Build.Tests.Projects;
using Xunit;

namespace Marl.Actors.Build.Tests;

/// <summary>Real builds of one project, from clean to broken and back.</summary>
public sealed class BuildTests(BuildPackage package) : IClassFixture<BuildPackage>
{
    [Fact]
    public async Task A_clean_build_checks_compiles_and_runs_and_a_second_one_starts_no_checker()
    {
        using var project = Spread("my app (1), né & co");
        (await project.BuildAsync()).Succeeded();
        Assert.Equal("mappo-spread: 5 agents\nByStep\n", (await project.RunAsync()).Succeeded().Text);
        Assert.Equal(
            ["Pipelines.g.cs", "components.request", "components.stamp", "marl.catalog.json", "pipeline.v1.json", "pipelines/mappo-spread.graph.txt", "pipelines/mappo-spread.json", "reads.txt", "text.request", "text.stamp"],
            Files(project["obj/Debug/net10.0/marl"]));

        (await project.BuildWithoutCheckerAsync()).Succeeded();
        Assert.Contains("MARL4201", (await project.Change("pipelines/mappo-spread.yaml", "copies: 4", "copies: 5").BuildWithoutCheckerAsync()).Text);

        File.Delete(project["bin/Debug/net10.0/pipelines/mappo-spread.json"]);
        (await project.RebuildAsync()).Succeeded();
        Assert.Contains("\"copies\": 5", File.ReadAllText(project["bin/Debug/net10.0/pipelines/mappo-spread.json"]));

        (await project.RebuildAsync("-t:Clean")).Succeeded();
        Assert.False(Directory.Exists(project["obj/Debug/net10.0/marl"]));
        Assert.False(File.Exists(project["bin/Debug/net10.0/pipelines/mappo-spread.json"]));
    }

    [Fact]
    public async Task A_broken_file_fails_the_build_at_its_line_until_it_is_repaired()
    {
        using var project = Spread().Change("pipelines/mappo-spread.yaml", "learner.weights", "learner.weight").Change("pipelines/mappo-spread.yaml", "rollout: 25", "rollout: many");
        var file = project["pipelines/mappo-spread.yaml"];
        (await project.BuildAsync()).Reported(
            $"{file}(20,22): error MARL1302: Option 'rollout' of 'team' ",
            $"{file}(23,24): error MARL1203: 'learner' has no output 'weight'. Did you mean 'weights'?");
        Assert.False(File.Exists(project["obj/Debug/net10.0/app.dll"]));

        project.Change("pipelines/mappo-spread.yaml", "learner.weight ", "learner.weights ").Change("pipelines/mappo-spread.yaml", "rollout: many", "rollout: 25");
        (await project.RebuildAsync()).Succeeded();
    }

    [Fact]
    public async Task A_renamed_pipeline_stage_or_parameter_is_a_compile_error()
    {
        using var project = Spread().Change("pipelines/mappo-spread.yaml", "pipeline: mappo-spread", "pipeline: mappo-spred");
        var program = project["Program.cs"];
        (await project.BuildAsync()).Reported($"{program}(11,27): error CS0426: ", $"{program}(12,52): error CS0117: ", $"{program}(13,63): error CS0117: ");

        project.Change("pipelines/mappo-spread.yaml", "pipeline: mappo-spred", "pipeline: mappo-spread")
            .Change("pipelines/mappo-spread.yaml", "agents:", "actors:").Change("pipelines/mappo-spread.yaml", "$agents", "$actors").Change("pipelines/mappo-spread.yaml", "{ actors: $", "{ agents: $")
            .Change("pipelines/mappo-spread.yaml", "  world:", "  arena:").Change("pipelines/mappo-spread.yaml", "world.", "arena.");
        (await project.RebuildAsync()).Reported($"{program}(11,39): error CS1739: ", $"{program}(13,81): error CS0117: ");
    }

    [Fact]
    public async Task A_part_with_an_error_is_told_at_the_part_and_where_it_is_used()
    {
        using var project = Spread().WithSample("team.yaml", "parts/team.yaml").WithSample("parted.yaml", "pipelines/parted.yaml");
        (await project.BuildAsync()).Succeeded();
        (await project.BuildWithoutCheckerAsync()).Succeeded();

        // The part lies outside the folder of pipelines: the build knows it from the file that uses it.
        project.Change("parts/team.yaml", "algorithm/mappo", "algorithm/mapo");
        (await project.RebuildAsync()).Reported(
            $"{project["parts/team.yaml"]}(24,11): error MARL1101: There is no component 'algorithm/mapo'. Did you mean 'algorithm/mappo' or 'algorithm/dppo' or 'algorithm/ippo'? Used at {project["pipelines/parted.yaml"]}(12,11).");
    }

    private UserProject Spread(string name = "app") => UserProject.Spread(package, name);

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
