using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Local;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>A node in this process, the first of its cluster, that is called through a <see cref="Relay"/>.</summary>
internal sealed class OverheardNode : IAsyncDisposable
{
    private readonly ActorSystem system;

    private OverheardNode(ActorSystem system, Relay relay)
    {
        this.system = system;
        Relay = relay;
    }

    /// <summary>Through which it is called.</summary>
    public Relay Relay { get; }

    /// <summary>Its actors.</summary>
    public ActorSystem System => system;

    /// <summary>Starts one.</summary>
    public static async Task<OverheardNode> StartAsync(string role)
    {
        var port = FreePort();
        var relay = new Relay(port);
        var dispatchers = new Dispatchers(1, isScheduled: false);
        var settings = dispatchers.Configuration + "\n" + NodeConfiguration.Hocon(new() { Listen = new("127.0.0.1", port), Roles = [role] })
            + $"\nakka.remote.marl.public-port = {relay.Port}\nakka.loglevel = OFF\n";
        var system = ActorSystem.Create(ActorHost.SystemName, ConfigurationFactory.ParseString(settings));
        system.ActorOf(
            dispatchers.Link(Props.Create(() => new NodeActor(source => CompiledPipeline.Parse(source.Compiled, "overheard", BuiltIn.Catalog, source.Overrides), dispatchers))), "marl");
        var cluster = Akka.Cluster.Cluster.Get(system);
        await cluster.JoinAsync(cluster.SelfAddress);
        return new(system, relay);
    }

    public async ValueTask DisposeAsync()
    {
        await system.Terminate();
        Relay.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
