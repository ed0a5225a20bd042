using System.Text;
using Marl.Actors.Build.Tests.Projects;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Build.Tests;

/// <summary>The checker of the package, by itself.</summary>
public sealed class CheckerTests(BuildPackage package) : IClassFixture<BuildPackage>
{
    [Fact]
    public void The_package_holds_neither_Torch_nor_Akka_nor_any_native_library()
    {
        var files = Directory.GetFiles(package.Content, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, f => f.Contains("orch", StringComparison.Ordinal) || f.Contains("Akka", StringComparison.Ordinal) || Path.GetExtension(f) is ".so" or ".dylib" or ".exe");
        Assert.Equal(
            ["Marl.Actors.Algorithms", "Marl.Actors.Coordination", "Marl.Actors.Core", "Marl.Actors.Environments", "Marl.Actors.Experience", "Marl.Actors.Learning", "Marl.Actors.Pipelines", "Marl.Actors.Policies", "YamlDotNet", "marl-check"],
            files.Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_compiles_all_pipelines_of_the_repository_without_them()
    {
        using var folder = new TemporaryFolder();
        var files = Directory.GetFiles(Path.Combine(BuildPackage.Root, "pipelines"), "*.yaml", SearchOption.AllDirectories);
        (await CheckAsync(folder, files)).Succeeded();
        Assert.True(Directory.GetFiles(folder["out"], "*.json").Length >= 5);
    }

    /// <summary>A 200-stage pipeline within 40 MB of managed memory. How long it takes is measured, not asserted.</summary>
    [Fact]
    public async Task Two_hundred_stages_fit_into_little_memory()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "spread.yaml")).Split("stop:")[0]);
        for (var i = 3; i < 200; i++)
        {
            text.Append($"  learner-{i}:\n    uses: algorithm/mappo\n    with: {{ epochs: {i} }}\n    in:\n      rollouts: team.rollouts |> by-step\n      state: world.state\n\n");
        }

        var file = folder["large.yaml"];
        File.WriteAllText(file, text.Append("stop: { steps: 10_000 }\nevaluate: { every: 1_000, episodes: 8 }\n").ToString());
        (await CheckAsync(folder, [file], ("DOTNET_GCHeapHardLimit", $"{40 << 20:x}"))).Succeeded();
        Assert.Equal(202, File.ReadLines(folder["out/0.graph.txt"]).Count(line => line.Contains(" ×", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("pass=text\nnonsense=1\n", "MARL4203")]
    [InlineData("pass=other\n", "MARL4203")]
    [InlineData("pass=components\nproject=x.csproj\nassembly=no-such.dll\n", "MARL4210")]
    public async Task A_request_it_cannot_serve_is_said_in_one_line(string request, string code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["request"], request);
        var outcome = await Processes.DotNetAsync(folder.Path, [package.Checker, "request"]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"error {code}: ", Assert.Single(outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private async Task<Outcome> CheckAsync(TemporaryFolder folder, string[] files, params (string, string?)[] variables)
    {
        string[] lines =
        [
            "pass=text", $"project={folder["p.csproj"]}", $"folder={folder["out"]}", $"reads={folder["reads.txt"]}", $"code={folder["Pipelines.g.cs"]}", "namespace=Demo",
            .. files.Select((file, i) => $"pipeline={file}\t{i}"),
        ];
        File.WriteAllLines(folder["request"], lines);
        return await Processes.DotNetAsync(folder.Path, [package.Checker, "request"], variables);
    }
}
