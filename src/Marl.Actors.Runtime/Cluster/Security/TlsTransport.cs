using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// Carries what Akka says over TLS. Akka's own transport would do, but ends the whole node when one handshake that it began
/// fails (TcpHandlers 1.5.74), and another process may die in the middle of one at any time.
/// </summary>
internal sealed class TlsTransport : Transport
{
    private const int MostGreetings = 64; // connections that have not said who they are

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim greetings = new(MostGreetings);
    private readonly ConcurrentDictionary<TlsLine, bool> lines = [];
    private readonly TaskCompletionSource<IAssociationEventListener> upstairs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Doorman doorman;
    private readonly Handshake handshake;
    private Socket? door;
    private Address own = null!;

    /// <summary>Akka makes it, with the block of its settings.</summary>
    public TlsTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = "ssl.tcp";
        MaximumPayloadBytes = config.GetByteSize("maximum-frame-size", null) ?? throw new ConfigurationException("maximum-frame-size is missing.");
        doorman = system.Settings.Setup.Get<Doorman>().Value;
        handshake = new(doorman);
    }

    /// <summary>Akka's settings that put it in the place of the usual transport.</summary>
    public static string Hocon(string host, int port, string frame) => $$"""
        akka.remote.enabled-transports = ["akka.remote.marl-tls"]
        akka.remote.marl-tls.transport-class = "{{typeof(TlsTransport).FullName}}, {{typeof(TlsTransport).Assembly.GetName().Name}}"
        akka.remote.marl-tls.applied-adapters = []
        akka.remote.marl-tls.transport-protocol = tcp
        akka.remote.marl-tls.hostname = "{{host}}"
        akka.remote.marl-tls.port = {{port}}
        akka.remote.marl-tls.maximum-frame-size = {{frame}}
        """;

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var host = Config.GetString("hostname");
        var address = IPAddress.TryParse(host, out var numeric) ? numeric : (await Dns.GetHostAddressesAsync(host))[0];
        door = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        door.Bind(new IPEndPoint(address, Config.GetInt("port")));
        door.Listen();
        own = new(SchemeIdentifier, System.Name, host, ((IPEndPoint)door.LocalEndPoint!).Port);
        _ = Task.Run(WelcomeAsync);
        return (own, upstairs);
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(remoteAddress.Host.Trim('[', ']'), remoteAddress.Port!.Value, limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new InvalidAssociationException($"{remoteAddress.Host}:{remoteAddress.Port} can't be reached: {e.Message}", e);
        }

        var (stream, finding) = await handshake.CallAsync(socket, $"{remoteAddress.Host}:{remoteAddress.Port}", limit.Token);
        return stream is null ? throw new InvalidAssociationException(finding) : Hold(new(own, remoteAddress, stream, (int)MaximumPayloadBytes, Release));
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
                await greetings.WaitAsync(closing.Token);
                var socket = await door!.AcceptAsync(closing.Token);
                _ = Task.Run(() => GreetAsync(socket));
            }
            catch (SocketException) when (!closing.IsCancellationRequested)
            {
                greetings.Release(); // whoever called has hung up
                await Task.Delay(10); // or there are no descriptors left
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            var where = (IPEndPoint)socket.RemoteEndPoint!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            limit.CancelAfter(Patience);
            if (await handshake.AnswerAsync(socket, $"{where}", limit.Token) is { } stream)
            {
                var caller = new Address(SchemeIdentifier, System.Name, where.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{where.Address}]" : $"{where.Address}", where.Port);
                var line = Hold(new(own, caller, stream, (int)MaximumPayloadBytes, Release));
                (await upstairs.Task).Notify(new InboundAssociation(line));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            socket.Dispose(); // it has hung up already
        }
        finally
        {
            greetings.Release();
        }
    }

    private TlsLine Hold(TlsLine line)
    {
        lines[line] = true;
        return line;
    }

    private void Release(TlsLine line) => lines.TryRemove(line, out _);
}
