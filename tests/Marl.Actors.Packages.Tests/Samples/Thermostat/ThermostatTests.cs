using Marl.Actors.Catalogs;
using Marl.Actors.Testing.Marbles;
using Marl.Actors.Testing.Pipelines;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Thermostat;

public sealed class ThermostatTests
{
    private static readonly TestedPipeline Pipeline = TestedPipeline.Of("thermostat.yaml", BuiltIn.Catalog.With(ThermostatWorld.Component));

    [Fact]
    public void The_world_keeps_its_contract() => WorldContract.Verify(copies => new ThermostatWorld(new(2), copies));

    [Fact]
    public Task The_world_plays_as_approved() => Snapshots.Verify(Playthrough.Of(new ThermostatWorld(new(2), copies: 1)));

    [Fact]
    public void The_sensor_follows_smoothly() => Marbles.Of(SmoothStage.Component)
        .In("numbers", "8 8 - 0 |")
        .Out("smooth", "4 6 6 3 |")
        .KeepsTheContract();

    [Fact]
    public Task The_graph_is_as_approved() => Pipeline.VerifyGraph();

    [Fact]
    public Task What_flows_is_as_approved() => Pipeline.VerifyTrace();

    [Fact]
    public void Stages_and_operators_keep_their_contracts() => Pipeline.VerifyContracts();

    [Fact]
    public void A_bad_network_makes_no_difference() => Pipeline.VerifyFaults("faults.yaml", seeds: 3);

    [Fact]
    public void Every_snapshot_has_its_test()
    {
        Snapshots.VerifyNoOrphans(documents: ["thermostat.graph", "thermostat.trace"]);
        TestedPipeline.VerifyNoOrphans(".");
    }
}
