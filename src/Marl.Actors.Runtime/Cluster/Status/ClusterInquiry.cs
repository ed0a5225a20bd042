using Akka.Actor;
using Akka.Hosting;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Runtime.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>Asks a cluster how it is, without joining it.</summary>
public static class ClusterInquiry
{
    /// <summary>What the node at an address sees, with the runs that are led from there or from nodes whose runs it hosts.</summary>
    /// <param name="address">The node.</param>
    /// <param name="patience">How long to wait for an answer.</param>
    /// <param name="credentials">What is shown and believed; null where the cluster has no TLS.</param>
    /// <param name="isInsecure">The answer may come to where other machines reach this process, though without TLS.</param>
    public static async Task<Result<ClusterReport>> AskAsync(NodeAddress address, TimeSpan patience, Credentials? credentials = null, bool isInsecure = false)
    {
        var options = new NodeOptions { Listen = Exposure.Toward(address), Credentials = credentials, IsInsecure = isInsecure };
        if (Exposure.Problem(options) is { } exposed)
        {
            return Result.Failure<ClusterReport>(exposed);
        }

        var security = NodeSecurity.Load(credentials);
        if (!security.IsSuccess)
        {
            return Result.Failure<ClusterReport>(security.Diagnostics);
        }

        var doorman = security.Value is { } known ? new Doorman(known, null) : null;
        using var host = ActorHost.Build(new Dispatchers(1, isScheduled: false).Configuration + "\n" + NodeConfiguration.Hocon(options), null, akka => akka.Guarded(doorman));
        await host.StartAsync();
        try
        {
            var system = host.Services.GetRequiredService<ActorSystem>();
            var asking = AskAsync(system, $"{Akka.Cluster.Cluster.Get(system).SelfAddress.WithHost(address.Host).WithPort(address.Port)}", patience);
            var first = doorman is not null && await Task.WhenAny(asking, doorman.Refused) == doorman.Refused ? null : await asking;
            if (first is null)
            {
                return Result.Failure<ClusterReport>(doorman is { Refused.IsCompleted: true } ? await doorman.Refused : doorman?.Latest ?? new Diagnostic(
                    ClusterCodes.NobodyThere, SourceSpan.Whole("command line"), $"No node answers at {address} within {patience.TotalSeconds:0} s.",
                    "Name the address that a node printed after 'listening on'; of a cluster with certificates, give --certificate and --authority."));
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
