using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Traces;
using Marl.Actors.Testing.Worlds;
using Marl.Actors.Tracing;
using Xunit;

namespace Thermostat;

public sealed class ThermostatTests
{
    private static readonly ComponentCatalog Catalog = BuiltIn.Catalog.With(ThermostatWorld.Component);

    private static string Pipeline => Path.Combine(Snapshots.Folder(), "thermostat.yaml");

    [Fact]
    public void The_world_keeps_the_contract() => Assert.Empty(WorldContract.Check(copies => new ThermostatWorld(new(2), copies)));

    [Fact]
    public Task The_world_plays_as_approved() => Snapshots.Verify(Playthrough.Of(new ThermostatWorld(new(2), copies: 1)));

    [Fact]
    public async Task What_flows_is_as_approved()
    {
        var trace = await Traces.TakeAsync(new() { Path = Pipeline, Catalog = Catalog });
        await TraceSnapshots.Verify(trace.Value);
    }
}
