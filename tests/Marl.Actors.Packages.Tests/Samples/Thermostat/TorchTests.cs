using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Thermostat;

[Trait("needs", "torch")]
public sealed class TorchTests
{
    [Fact]
    public async Task It_learns_with_torch()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(Snapshots.Folder(), "thermostat.yaml"));
        File.WriteAllText(folder["torch.yaml"], text.Replace("gamma: 0.9", "gamma: 0.9, backend: torch"));

        var run = await Experiment.RunAsync(new() { Path = folder["torch.yaml"], Catalog = BuiltIn.Catalog.With(ThermostatWorld.Component), Out = folder["run"] });

        Assert.True(run.IsSuccess, string.Join('\n', run.Diagnostics));
    }
}
