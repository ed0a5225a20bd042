using Akka.Actor;
using Akka.Hosting;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>Asks a cluster how it is, without joining it.</summary>
public static class ClusterInquiry
{
    /// <summary>What the node at an address sees, with the runs that are led from there or from nodes whose runs it hosts.</summary>
    public static async Task<Result<ClusterReport>> AskAsync(NodeAddress address, TimeSpan patience)
    {
        var options = new NodeOptions();
        using var host = ActorHost.Build(new Dispatchers(1, isScheduled: false).Configuration + "\n" + NodeConfiguration.Hocon(options), null, _ => { });
        await host.StartAsync();
        try
        {
            var system = host.Services.GetRequiredService<ActorSystem>();
            var first = await AskAsync(system, $"akka.tcp://{ActorHost.SystemName}@{address}", patience);
            if (first is null)
            {
                return Result.Failure<ClusterReport>(new Diagnostic(
                    ClusterCodes.NobodyThere, SourceSpan.Whole("command line"), $"No node answers at {address} within {patience.TotalSeconds:0} s.", "Name the address that a node printed after 'listening on'."));
            }

            var others = await Task.WhenAll(first.Leaders.Select(leader => AskAsync(system, leader, patience)));
            return Result.Success(first with { Runs = [.. first.Runs.Concat(others.OfType<ClusterReport>().SelectMany(o => o.Runs)).DistinctBy(r => r.Run)] });
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static async Task<ClusterReport?> AskAsync(ActorSystem system, string node, TimeSpan patience)
    {
        try
        {
            return await system.ActorSelection(node + NodeActor.Path).Ask<ClusterReport>(new ClusterQuestion(), patience);
        }
        catch (Exception e) when (e is AskTimeoutException or TaskCanceledException)
        {
            return null;
        }
    }
}
