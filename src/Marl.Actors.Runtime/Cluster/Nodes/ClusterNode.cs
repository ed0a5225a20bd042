using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Runtime.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>This process as a node of a cluster, from its joining to its leaving.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private readonly IHost host;
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ClusterNode(IHost host, ActorSystem system, Dispatchers dispatchers)
    {
        this.host = host;
        System = system;
        Dispatchers = dispatchers;
    }

    /// <summary>Where others reach it.</summary>
    public NodeAddress Address => new(Self.Host!, Self.Port!.Value);

    /// <summary>Done when the node is no longer part of the cluster: it left, or was given up by the others.</summary>
    public Task Left => left.Task;

    internal ActorSystem System { get; }

    internal Dispatchers Dispatchers { get; }

    private Address Self => Akka.Cluster.Cluster.Get(System).SelfAddress;

    /// <summary>Starts listening and joins; done when the cluster has taken it in.</summary>
    /// <param name="options">How.</param>
    /// <param name="load">Compiles a pipeline with this process's components.</param>
    /// <param name="stop">Ends the waiting for the cluster.</param>
    public static async Task<Result<ClusterNode>> StartAsync(NodeOptions options, Func<PipelineSource, Result<Graph>> load, CancellationToken stop = default)
    {
        options = options with { Listen = options.Listen ?? Exposure.Toward(options.Join) };
        if (Exposure.Problem(options) is { } exposed)
        {
            return Result.Failure<ClusterNode>(exposed);
        }

        if (Exposure.Obstacle(options.Listen) is { } obstacle)
        {
            return Result.Failure<ClusterNode>(CannotListen(options, obstacle));
        }

        var security = NodeSecurity.Load(options.Credentials);
        return security.IsSuccess ? await StartAsync(options, load, security.Value, stop) : Result.Failure<ClusterNode>(security.Diagnostics);
    }

    private static async Task<Result<ClusterNode>> StartAsync(NodeOptions options, Func<PipelineSource, Result<Graph>> load, NodeSecurity? security, CancellationToken stop)
    {
        var dispatchers = new Dispatchers(options.Threads, isScheduled: false);
        var doorman = security is null ? null : new Doorman(security, options.Told);
        var host = ActorHost.Build(dispatchers.Configuration + "\n" + NodeConfiguration.Hocon(options), options.Logging, akka =>
            akka.Guarded(doorman).WithActors((system, _) => system.ActorOf(dispatchers.Link(Props.Create(() => new NodeActor(load, dispatchers))), "marl")));
        try
        {
            await host.StartAsync();
        }
        catch (Exception e)
        {
            host.Dispose();
            return Result.Failure<ClusterNode>(CannotListen(options, Innermost(e)));
        }

        var system = host.Services.GetRequiredService<ActorSystem>();
        var node = new ClusterNode(host, system, dispatchers);
        if (await node.JoinAsync(options, doorman, stop) is { } problem)
        {
            await node.DisposeAsync();
            return Result.Failure<ClusterNode>(problem);
        }

        return Result.Success(node);
    }

    /// <summary>Leaves the cluster, so that nobody waits for it, and ends the actors.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        left.TrySetResult();
    }

    /// <summary>Gives a node up at once: whoever knows that a process is dead need not wait for its silence.</summary>
    public void GiveUp(NodeAddress other) =>
        Akka.Cluster.Cluster.Get(System).Down(Self.WithHost(other.Host).WithPort(other.Port));

    private static Diagnostic CannotListen(NodeOptions options, string why) => new(
        ClusterCodes.CannotListen, SourceSpan.Whole("command line"), $"{options.Listen} can't be listened on: {why}", "Choose another --listen; port 0 takes a free one.");

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
    }

    /// <returns>Why it was not taken in; null when it was.</returns>
    private async Task<Diagnostic?> JoinAsync(NodeOptions options, Doorman? doorman, CancellationToken stop)
    {
        var cluster = Akka.Cluster.Cluster.Get(System);
        cluster.RegisterOnMemberRemoved(() => left.TrySetResult());
        var join = options.Join is { } other ? cluster.SelfAddress.WithHost(other.Host).WithPort(other.Port) : cluster.SelfAddress;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(options.Patience);
        var joining = cluster.JoinAsync(join, patience.Token);
        try
        {
            if (doorman is not null && await Task.WhenAny(joining, doorman.Refused) == doorman.Refused)
            {
                _ = joining.ContinueWith(late => _ = late.Exception, TaskScheduler.Default);
                await patience.CancelAsync();
                return await doorman.Refused;
            }

            await joining;
            return null;
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterJoinFailedException)
        {
            return doorman?.Latest ?? new Diagnostic(
                ClusterCodes.NobodyThere, SourceSpan.Whole("command line"), $"No cluster took this node in at {options.Join} within {options.Patience.TotalSeconds:0} s.",
                "Start its first node: marl node --listen HOST:PORT; both must use certificates of the same authority, or none.");
        }
    }
}
