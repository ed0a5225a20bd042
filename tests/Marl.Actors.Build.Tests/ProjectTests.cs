using Marl.Actors.Build.Tests.Projects;
using Xunit;

namespace Marl.Actors.Build.Tests;

/// <summary>Kinds of projects and of builds.</summary>
public sealed class ProjectTests(BuildPackage package) : IClassFixture<BuildPackage>
{
    [Fact]
    public async Task Two_target_frameworks_are_checked_each_in_its_folder()
    {
        using var project = UserProject.Spread(package);
        project.Write("app.csproj", UserProject.Project(
            package, framework: "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>"));
        (await project.BuildAsync("-m:2")).Succeeded();
        Assert.Equal(2, Directory.GetFiles(project["bin"], "mappo-spread.json", SearchOption.AllDirectories).Length);
        Assert.Equal(2, Directory.GetFiles(project["obj"], "text.stamp", SearchOption.AllDirectories).Length);

        project.Change("pipelines/mappo-spread.yaml", "copies: 4", "copies: none");
        (await project.RebuildAsync("-t:MarlCheckPipelines")).Reported($"{project["pipelines/mappo-spread.yaml"]}(12,13): error MARL1302: ");
    }

    [Fact]
    public async Task An_IDE_that_only_evaluates_starts_no_checker_and_sees_the_last_code()
    {
        using var project = UserProject.Spread(package);
        string[] design = ["-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-t:CoreCompile", "-getItem:Compile"];
        Assert.DoesNotContain("Pipelines.g.cs", (await project.BuildAsync(["-restore", "-p:MarlDotNetHost=no-such-program", .. design])).Succeeded().Text);

        (await project.RebuildAsync()).Succeeded();
        Assert.Contains("Pipelines.g.cs", (await project.BuildWithoutCheckerAsync(design)).Succeeded().Text);
    }

    [Fact]
    public async Task The_package_itself_works_as_a_reference_and_is_not_handed_on()
    {
        using var project = new UserProject(package);
        project.Write("Directory.Build.props", "<Project />").Write("Directory.Build.targets", "<Project />");
        project.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{package.RestoreFolder}" /></config>
              <packageSources><clear /><add key="marl" value="{package.Source}" /></packageSources>
            </configuration>
            """);
        project.Write("app.csproj", UserProject.Project(package, items: $"""<PackageReference Include="Marl.Actors.Build" Version="{BuildPackage.Version}" />"""));
        project.WithSample("spread.yaml", "pipelines/mappo-spread.yaml").WithSample("Program.cs");
        (await project.BuildAsync()).Succeeded();
        Assert.Equal("mappo-spread: 5 agents\nByStep\n", (await project.RunAsync()).Succeeded().Text);
        Assert.DoesNotContain("Marl.Actors.Build", File.ReadAllText(project["bin/Debug/net10.0/app.deps.json"]));

        project.Change("pipelines/mappo-spread.yaml", "stages:", "stage:");
        (await project.RebuildAsync()).Reported(
            $"{project["pipelines/mappo-spread.yaml"]}(1,1): error MARL0105: ", $"{project["pipelines/mappo-spread.yaml"]}(9,1): error MARL0102: ");
    }
}
