using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Marl.Actors.Tests.UserPrograms;

/// <summary>A program of a user's own: it registers a world and an operator and runs a pipeline file that names them.</summary>
public sealed class UserProgramTests
{
    private static readonly string File = Path.Combine(Snapshots.Folder(), "thermostat.yaml");

    [Fact]
    public async Task Own_components_run_and_learn()
    {
        using var folder = new TemporaryFolder();
        var catalog = BuiltIn.Catalog.With(ThermostatWorld.Component).With(ClampOperator.Component);
        var result = await Experiment.RunAsync(new() { Path = File, Catalog = catalog, Out = folder["run"] });
        Assert.Empty(result.Diagnostics);

        // A start 1 °C off on average needs two steps of ½ °C: the best possible is about −1; doing nothing scores −20, chance about −25.
        Assert.True(result.Value.Summary.Evaluation!.Mean > -6, $"mean {result.Value.Summary.Evaluation.Mean}");
    }

    [Fact]
    public void Without_registration_the_file_is_refused_at_its_lines()
    {
        var diagnostics = Experiment.Load(File).Diagnostics;
        Assert.Contains(diagnostics, d => d.Where is { Line: 6, Column: 11 } && d.Sentence.Contains("environment/thermostat"));
        Assert.Contains(diagnostics, d => d.Where.Line == 17 && d.Sentence.Contains("clamp"));
    }

    [Fact]
    public void The_world_keeps_the_contract() =>
        Assert.Empty(WorldContract.Check(copies => new ThermostatWorld(new(3), copies)));
}
