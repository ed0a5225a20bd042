using Marl.Actors.Build.Tests.Projects;
using Marl.Actors.Packages.Tests.Packing;
using Xunit;

namespace Marl.Actors.Packages.Tests.Tools;

/// <summary>The command line as <c>dotnet tool install</c> brings it.</summary>
[Collection(PackedCollection.Name)]
public sealed class ToolTests(PackedRepository packed)
{
    [Fact]
    public async Task The_installed_tool_checks_runs_and_finds_libtorch()
    {
        using var user = new UserFolder(packed);
        (await UserShell.DotNetAsync(user.Path, "tool", "install", "marl", "--version", packed.Version, "--tool-path", user["tools"])).Succeeded();
        File.Copy(Path.Combine(PackedRepository.Root, "pipelines", "ippo-climbing.yaml"), user["climbing.yaml"]);

        (await MarlAsync("check climbing.yaml")).Succeeded().Said("climbing.yaml: ok");
        (await MarlAsync("run climbing.yaml --steps 1_600 --out run")).Succeeded();
        Assert.True(File.Exists(user["run/policy.safetensors"]));

        user.Edit("climbing.yaml", "epochs: 10", "epochs: 1, backend: torch");
        (await MarlAsync("run climbing.yaml --steps 800 --out with-torch", UserShell.MachinePackages)).Succeeded();
        (await MarlAsync("run climbing.yaml --steps 800 --out without", user["empty"]))
            .Failed("error MARL3302: ", "dotnet package download libtorch-cpu-", $"--output \"{user["empty"]}\"", "or write 'backend: fused'.");

        Task<Outcome> MarlAsync(string line, string? packages = null) => UserShell.RunAsync(user.Path, user["tools/marl"], line.Split(' '), packages);
    }
}
