using Marl.Actors.Build.Tests.Projects;
using Xunit;

namespace Marl.Actors.Build.Tests;

/// <summary>Real builds of projects with components of their own.</summary>
public sealed class ComponentTests(BuildPackage package) : IClassFixture<BuildPackage>
{
    private const string Program = """
        using Demo;
        using Marl.Actors.Algorithms;
        using Marl.Actors.Coordination.Operators;
        using Marl.Actors.Environments;
        using Marl.Actors.Pipelines.Catalog;
        using Marl.Actors.Policies.Agents;

        var catalog = new ComponentCatalog([.. BuiltInEnvironments.All, .. BuiltInAgents.All, .. BuiltInAlgorithms.All], BuiltInOperators.All)
            .WithComponentsOf(typeof(ThermostatOptions).Assembly);
        var graph = new Pipelines.Thermostat().Load(catalog).Value;
        Console.WriteLine($"{graph[Pipelines.Thermostat.Stages.Heaters.Id].Instances.Count} heaters");
        """;

    [Fact]
    public async Task A_world_and_an_operator_of_the_project_are_known_after_compilation()
    {
        using var project = Thermostat();
        (await project.BuildAsync()).Succeeded();
        Assert.Equal("3 heaters\n", (await project.RunAsync()).Succeeded().Text);
        Assert.Contains("environment/thermostat", File.ReadAllText(project["obj/Debug/net10.0/marl/marl.catalog.json"]));
        Assert.Contains("environment/thermostat", File.ReadAllText(project["schema/pipeline.v1.json"]));
        (await project.BuildWithoutCheckerAsync()).Succeeded();

        // The pipeline file stays as it is; what its components are changes: the catalog is stale, and the file wrong.
        project.Change("Thermostat.cs", "int Heaters = 2", "int Radiators = 2").Change("Thermostat.cs", "options.Heaters", "options.Radiators").Change("Thermostat.cs", "name=\"Heaters\"", "name=\"Radiators\"")
            .Change("Thermostat.cs", "Id = \"soften\"", "Id = \"dampen\"");
        (await project.RebuildAsync()).Reported(
            $"{project["pipelines/thermostat.yaml"]}(7,13): error MARL1301: 'room' has no option 'heaters'.",
            $"{project["pipelines/thermostat.yaml"]}(16,28): error MARL1204: There is no operator 'soften'.");
        Assert.Contains("radiators", File.ReadAllText(project["obj/Debug/net10.0/marl/marl.catalog.json"]));

        project.Change("pipelines/thermostat.yaml", "heaters: 3", "radiators: 4").Change("pipelines/thermostat.yaml", "soften", "dampen");
        (await project.RebuildAsync()).Succeeded();
        Assert.Equal("4 heaters\n", (await project.RunAsync()).Succeeded().Text);
    }

    [Fact]
    public async Task What_needs_no_component_of_the_project_is_told_before_compilation_and_the_rest_in_any_case_after_it()
    {
        using var project = Thermostat().Change("pipelines/thermostat.yaml", "updates=0", "update=0").Change("Program.cs", "WriteLine", "WriteLin");
        (await project.BuildAsync()).Reported($"{project["pipelines/thermostat.yaml"]}(17,39): error MARL1301: 'lag' has no option 'update'. Did you mean 'updates'?");

        project.Change("pipelines/thermostat.yaml", "update=0", "updates=0").Change("pipelines/thermostat.yaml", "environment/thermostat", "environment/thermostats");
        (await project.RebuildAsync()).Reported($"{project["Program.cs"]}(11,9): error CS0117: ");

        project.Change("Program.cs", "WriteLin", "WriteLine");
        (await project.RebuildAsync()).Reported(
            $"{project["pipelines/thermostat.yaml"]}(5,11): error MARL1101: There is no component 'environment/thermostats'. Did you mean 'environment/thermostat'?");
    }

    [Fact]
    public async Task A_component_that_throws_is_told_and_where()
    {
        using var project = Thermostat()
            .Change("Thermostat.cs", "WorldSpec Spec(ThermostatOptions options) => new(", "WorldSpec Spec(ThermostatOptions options) => options.Heaters == 3 ? throw new InvalidOperationException(\"three\\nis odd\") : new(");
        (await project.BuildAsync()).Reported(
            $"{project["pipelines/thermostat.yaml"]}(5,11): error MARL4214: 'environment/thermostat' throws when it is asked for its domains: InvalidOperationException: three is odd (Own.Spec). Repair it in C#.");

        // A property that cannot be read, and an id that is taken: the lines of C#.
        project.Change("Thermostat.cs", "options.Heaters == 3 ? throw new InvalidOperationException(\"three\\nis odd\") : new(", "new(")
            .Change("Thermostat.cs", "/// <summary>Bounds what is seen.</summary>", """
                /// <summary>Has no summary that could be written.</summary>
                    public static Component Broken => Native.Load();

                    /// <summary>Goes by another's name.</summary>
                    public static Component Impostor { get; } = Thermostat with { Id = "environment/simple-spread" };

                    /// <summary>Bounds what is seen.</summary>
                """)
            .Change("Thermostat.cs", "internal static class Own", """
                internal static partial class Native
                {
                    public static Component Load() => Answer() == 42 ? Own.Thermostat : throw new InvalidOperationException();

                    [System.Runtime.InteropServices.DllImport("torch_cuda")]
                    private static extern int Answer();
                }

                internal static class Own
                """);
        (await project.RebuildAsync()).Reported(
            $"{project["Thermostat.cs"]}(34,39): error MARL4212: 'Own.Broken' cannot be read: DllNotFoundException: the native library 'torch_cuda' is not loaded in a build. A build reads",
            $"{project["Thermostat.cs"]}(37,40): error MARL4213: The id 'environment/simple-spread' of 'Own.Impostor' is that of a built-in component.");
    }

    [Fact]
    public async Task A_library_of_components_serves_the_projects_that_reference_it()
    {
        using var project = new UserProject(package);
        project.Write("rooms/rooms.csproj", UserProject.Project(package).Replace("<OutputType>Exe</OutputType>", ""))
            .WithSample("Thermostat.cs", "rooms/Thermostat.cs")
            .Write("app/app.csproj", UserProject.Project(package, items: """<ProjectReference Include="../rooms/rooms.csproj" />"""))
            .Write("app/Program.cs", Program)
            .WithSample("thermostat.yaml", "app/pipelines/thermostat.yaml");
        (await project.BuildAsync("app")).Succeeded();
        Assert.Equal("3 heaters\n", (await project.RunAsync("app/bin/Debug/net10.0/app.dll")).Succeeded().Text);

        project.Change("rooms/Thermostat.cs", "Maximum = 16", "Maximum = 2");
        (await project.RebuildAsync("app")).Reported($"{project["app/pipelines/thermostat.yaml"]}(7,22): error MARL1302: Option 'heaters' of 'room' ");
    }

    private UserProject Thermostat() => new UserProject(package)
        .Write("app.csproj", UserProject.Project(package, "<MarlSchemaFile>schema/pipeline.v1.json</MarlSchemaFile>"))
        .Write("Program.cs", Program)
        .WithSample("Thermostat.cs")
        .WithSample("thermostat.yaml", "pipelines/thermostat.yaml");
}
