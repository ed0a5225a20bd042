using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;
using Marl.Actors.Runtime.Cluster.Security;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>
/// Carries what Akka says between nodes, over TLS where they have certificates. Akka's own transport ends the whole node when a
/// TLS handshake that it began fails (TcpHandlers 1.5.74), and makes actors and buffers for whoever calls, at any rate.
/// </summary>
internal sealed class NodeTransport : Transport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<NodeLine, bool> lines = [];
    private readonly TaskCompletionSource<IAssociationEventListener> upstairs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Callers callers = new();
    private readonly NumberedFrames order = new();
    private readonly Backlog backlog;
    private readonly Handshake? handshake;
    private Socket? door;
    private Address own = null!;

    /// <summary>Akka makes it, with the block of its settings.</summary>
    public NodeTransport(ActorSystem system, Config config)
    {
        var isSecured = config.GetBoolean("is-secured");
        System = system;
        backlog = Backlog.Of(system);
        Config = config;
        SchemeIdentifier = isSecured ? "ssl.tcp" : "tcp";
        MaximumPayloadBytes = config.GetByteSize("maximum-frame-size", null) ?? throw new ConfigurationException("maximum-frame-size is missing.");
        handshake = isSecured ? new(system.Settings.Setup.Get<Doorman>().Value) : null;
    }

    /// <summary>Akka's settings that put it in the place of the usual transport.</summary>
    /// <param name="host">The name by which others call.</param>
    /// <param name="port">Where it listens; 0 for a free one.</param>
    /// <param name="frame">The longest frame.</param>
    /// <param name="isSecured">Over TLS: a <see cref="Doorman"/> belongs to the actor system.</param>
    public static string Hocon(string host, int port, string frame, bool isSecured) => $$"""
        akka.remote.enabled-transports = ["akka.remote.marl"]
        akka.remote.marl.transport-class = "{{typeof(NodeTransport).FullName}}, {{typeof(NodeTransport).Assembly.GetName().Name}}"
        akka.remote.marl.applied-adapters = []
        akka.remote.marl.transport-protocol = tcp
        akka.remote.marl.is-secured = {{(isSecured ? "on" : "off")}}
        akka.remote.marl.hostname = "{{host}}"
        akka.remote.marl.port = {{port}}
        akka.remote.marl.maximum-frame-size = {{frame}}
        """ + "\n" + FrameMailbox.Hocon;

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var host = Config.GetString("hostname");
        var address = IPAddress.TryParse(host, out var numeric) ? numeric : (await Dns.GetHostAddressesAsync(host))[0];
        door = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        door.Bind(new IPEndPoint(address, Config.GetInt("port")));
        door.Listen();
        own = new(SchemeIdentifier, System.Name, host, Config.GetInt("public-port", ((IPEndPoint)door.LocalEndPoint!).Port)); // another one behind a relay
        _ = Task.Run(WelcomeAsync);
        return (own, upstairs);
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var who = $"{remoteAddress.Host}:{remoteAddress.Port}";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(remoteAddress.Host.Trim('[', ']'), remoteAddress.Port!.Value, limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            socket.Dispose();
            throw new InvalidAssociationException($"{who} can't be reached: {e.Message}", e);
        }

        Stream stream = handshake is null ? new NetworkStream(socket, ownsSocket: true) : await ShakeAsync(handshake, socket, who, limit.Token);
        return Hold(new(own, remoteAddress, stream, (int)MaximumPayloadBytes, Gate(), backlog, default, null, Release));
    }

    public override async Task<bool> Shutdown()
    {
        await closing.CancelAsync();
        door?.Dispose();
        foreach (var line in lines.Keys)
        {
            line.Close();
        }

        return true;
    }

    private async Task WelcomeAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                while (callers.IsBehind)
                {
                    await Task.Delay(Breath, closing.Token);
                }

                var socket = await door!.AcceptAsync(closing.Token);
                if (callers.Admit())
                {
                    _ = Task.Run(() => GreetAsync(socket));
                }
                else
                {
                    socket.Dispose();
                }
            }
            catch (SocketException) when (!closing.IsCancellationRequested)
            {
                await Task.Delay(Breath); // whoever called has hung up, or there are no descriptors left
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    /// <summary>Akka hears of a caller when it has said who it is, and not before.</summary>
    private async Task GreetAsync(Socket socket)
    {
        Stream? stream = null;
        NodeLine? line = null;
        try
        {
            socket.NoDelay = true;
            var where = (IPEndPoint)socket.RemoteEndPoint!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            limit.CancelAfter(Patience);
            stream = handshake is null ? new NetworkStream(socket, ownsSocket: true) : await handshake.AnswerAsync(socket, $"{where}", limit.Token);
            var gate = Gate();
            if (stream is not null && await Introduction.ReadAsync(stream, gate, limit.Token) is { IsEmpty: false } first)
            {
                var caller = new Address(SchemeIdentifier, System.Name, where.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{where.Address}]" : $"{where.Address}", where.Port);
                var listener = await upstairs.Task;
                line = Hold(new(own, caller, stream, (int)MaximumPayloadBytes, gate, backlog, first, callers, Release));
                listener.Notify(new InboundAssociation(line));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has hung up already, or says nothing.
        }

        if (line is null)
        {
            stream?.Dispose();
            socket.Dispose();
            callers.Leave();
        }
    }

    private static async Task<Stream> ShakeAsync(Handshake handshake, Socket socket, string who, CancellationToken limit)
    {
        var (stream, finding) = await handshake.CallAsync(socket, who, limit);
        return stream ?? throw new InvalidAssociationException(finding);
    }

    private FrameGate Gate() => new(System.Name, SchemeIdentifier, order);

    private NodeLine Hold(NodeLine line)
    {
        lines[line] = true;
        return line;
    }

    private void Release(NodeLine line) => lines.TryRemove(line, out _);
}
