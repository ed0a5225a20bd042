using Marl.Actors.Catalogs;
using Marl.Actors.Testing.Pipelines;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace MarlApp.Tests;

public sealed class MeetingTests
{
    private static readonly TestedPipeline Pipeline = TestedPipeline.Of(
        "../Marl~App/pipelines/meeting.yaml", BuiltIn.Catalog.WithComponentsOf(typeof(MeetingWorld).Assembly));

    /// <summary>Copies don't mix, one key gives one run, what is saved goes on bit for bit, and so on.</summary>
    [Fact]
    public void The_world_keeps_its_contract() => WorldContract.Verify(copies => new MeetingWorld(new(), copies));

    /// <summary>What flows along the edges is what was approved beside the pipeline file.</summary>
    [Fact]
    public Task What_flows_is_as_approved() => Pipeline.VerifyTrace();
}
