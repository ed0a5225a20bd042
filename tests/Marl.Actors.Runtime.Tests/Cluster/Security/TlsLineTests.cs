using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Security;

/// <summary>What goes over a connection between two who know each other, and what becomes of a node when one comes to nothing.</summary>
public sealed class TlsLineTests(TestCertificates certificates) : IClassFixture<TestCertificates>, IHandleEventListener, IDisposable
{
    private const int Longest = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<IHandleEvent> heard = [];

    public void Dispose() => heard.Dispose();

    [Fact]
    public async Task Frames_arrive_whole_and_in_order_however_they_are_cut()
    {
        var (line, other) = await ConnectedAsync();
        byte[][] frames = [[1], new byte[Longest], [2, 3], [.. Enumerable.Range(0, 300).Select(i => (byte)i)]];
        var bytes = frames.SelectMany(Framed).ToArray();
        for (var sent = 0; sent < bytes.Length; sent += 7)
        {
            await other.WriteAsync(bytes.AsMemory(sent, Math.Min(7, bytes.Length - sent)));
        }

        foreach (var frame in frames)
        {
            Assert.Equal(frame, ((InboundPayload)Next()).Payload.ToByteArray());
            Assert.True(line.Write(ByteString.CopyFrom(frame)));
        }

        var answer = new byte[bytes.Length];
        await other.ReadExactlyAsync(answer);
        Assert.Equal(bytes, answer);
        line.Close();
        Assert.Equal(0, await other.ReadAsync(answer));
        await other.DisposeAsync();
        Assert.IsType<Disassociated>(Next());
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(Longest + 1)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Whoever_lies_about_a_length_is_hung_up_on(int length)
    {
        var (_, other) = await ConnectedAsync();
        await using var stream = other;
        var lie = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(lie, length);
        await other.WriteAsync(lie);
        Assert.IsType<Disassociated>(Next());
        Assert.Equal(0, await other.ReadAsync(lie));
    }

    [Fact]
    public async Task Who_takes_nothing_is_not_written_to_without_end()
    {
        var (line, other) = await ConnectedAsync();
        var frame = ByteString.CopyFrom(new byte[Longest]);
        var taken = 0;
        while (taken < 1_000_000 && line.Write(frame))
        {
            taken++;
        }

        Assert.InRange(taken, 8_000, 900_000); // the rest is refused, and Akka tries again
        await other.DisposeAsync();
    }

    /// <summary>With Akka's own transport a node whose call is answered with anything but TLS shuts itself down.</summary>
    [Fact]
    public async Task A_call_that_comes_to_nothing_does_not_end_the_node()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var started = await ClusterNode.StartAsync(new() { Credentials = certificates.Of("first") }, _ => throw new InvalidOperationException());
        await using var node = started.Value;
        node.System.ActorSelection($"akka.ssl.tcp://marl@{stranger.LocalEndpoint}/user/marl").Tell("anybody there?");
        using (var caller = await stranger.AcceptTcpClientAsync(new CancellationTokenSource(Patience).Token))
        {
            await caller.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2p1\r\n"u8.ToArray());
            await HungUpAsync(caller.GetStream());
        }

        Assert.False(node.Left.IsCompleted);
        Assert.Null(CoordinatedShutdown.Get(node.System).ShutdownReason);
        Assert.NotNull(await node.System.ActorSelection(NodeActor.Path).ResolveOne(Patience));
    }

    private static async Task HungUpAsync(Stream stream)
    {
        try
        {
            while (await stream.ReadAsync(new byte[4096]) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Rudely: it had not read all.
        }
    }

    void IHandleEventListener.Notify(IHandleEvent ev) => heard.Add(ev);

    private IHandleEvent Next()
    {
        Assert.True(heard.TryTake(out var found, Patience));
        return found;
    }

    private static byte[] Framed(byte[] frame)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, frame.Length);
        return [.. length, .. frame];
    }

    private async Task<(TlsLine Line, SslStream Other)> ConnectedAsync()
    {
        var doorman = new Doorman(NodeSecurity.Load(certificates.Of("first")).Value!, null);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var here = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await here.ConnectAsync(listener.LocalEndpoint);
        var answered = new Handshake(doorman).AnswerAsync(await listener.AcceptSocketAsync(), "caller:1", CancellationToken.None);
        var (other, _) = await new Handshake(doorman).CallAsync(here, "answerer:1", CancellationToken.None);
        var line = new TlsLine(new("ssl.tcp", "marl", "a", 1), new("ssl.tcp", "marl", "b", 2), (await answered)!, Longest, _ => { });
        line.ReadHandlerSource.SetResult(this);
        return (line, other!);
    }
}
