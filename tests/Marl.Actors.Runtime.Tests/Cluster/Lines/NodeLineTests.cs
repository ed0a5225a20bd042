using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;
using Marl.Actors.Runtime.Cluster.Lines;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Runtime.Tests.Cluster.Security;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Lines;

/// <summary>What goes over a connection between two who know each other, and what becomes of a node when one comes to nothing.</summary>
public sealed class NodeLineTests(TestCertificates certificates) : IClassFixture<TestCertificates>, IHandleEventListener, IDisposable
{
    private const int Longest = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<IHandleEvent> heard = [];

    public void Dispose() => heard.Dispose();

    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    [InlineData(true, 1 << 20)]
    [InlineData(false, 1 << 20)]
    public async Task Frames_arrive_whole_and_in_order_however_they_are_cut(bool isSecured, int cut)
    {
        var (line, other) = await ConnectedAsync(isSecured);
        var longest = cut == 7 ? 1000 : Longest - 100;
        byte[][] frames = [LineFrames.Heartbeat, LineFrames.Message(length: longest), LineFrames.Heartbeat, LineFrames.Message(length: 300), LineFrames.Message(length: longest), LineFrames.Message(0)];
        var bytes = frames.SelectMany(Framed).ToArray();
        for (var sent = 0; sent < bytes.Length; sent += cut)
        {
            await other.WriteAsync(bytes.AsMemory(sent, Math.Min(cut, bytes.Length - sent)));
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
    public async Task Whoever_says_what_is_no_frame_is_hung_up_on()
    {
        var (_, other) = await ConnectedAsync(isSecured: false);
        await using var stream = other;
        await other.WriteAsync(Framed([1, 2, 3]));
        Assert.IsType<Disassociated>(Next());
        Assert.Equal(0, await other.ReadAsync(new byte[4]));
    }

    [Fact]
    public async Task A_number_that_is_ahead_does_not_reach_Akka()
    {
        var (_, other) = await ConnectedAsync(isSecured: false);
        await using var stream = other;
        await other.WriteAsync(Framed(LineFrames.Message(long.MaxValue)).Concat(Framed(LineFrames.Message(0))).ToArray());
        Assert.Equal(LineFrames.Message(0), ((InboundPayload)Next()).Payload.ToByteArray());
    }

    [Fact]
    public async Task Who_takes_nothing_is_not_written_to_without_end()
    {
        var (line, other) = await ConnectedAsync();
        var frame = ByteString.CopyFrom(new byte[1000]);
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

    private async Task<(NodeLine Line, Stream Other)> ConnectedAsync(bool isSecured = true)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var here = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await here.ConnectAsync(listener.LocalEndpoint);
        var (other, answered) = await MetAsync(here, await listener.AcceptSocketAsync(), isSecured);
        var gate = new FrameGate("marl", "tcp", new());
        Assert.Equal(Verdict.Pass, gate.Judge(LineFrames.Introduction()));
        var line = new NodeLine(new("tcp", "marl", "a", 1), new("tcp", "marl", "b", 2), answered, Longest, gate, new(), LineFrames.Introduction(), null, _ => { });
        line.ReadHandlerSource.SetResult(this);
        Assert.Equal(LineFrames.Introduction(), ((InboundPayload)Next()).Payload.ToByteArray()); // it was read before the line was there
        return (line, other);
    }

    private async Task<(Stream Caller, Stream Answerer)> MetAsync(Socket caller, Socket answerer, bool isSecured)
    {
        if (!isSecured)
        {
            return (new NetworkStream(caller, ownsSocket: true), new NetworkStream(answerer, ownsSocket: true));
        }

        var doorman = new Doorman(NodeSecurity.Load(certificates.Of("first")).Value!, null);
        var answered = new Handshake(doorman).AnswerAsync(answerer, "caller:1", CancellationToken.None);
        var (called, _) = await new Handshake(doorman).CallAsync(caller, "answerer:1", CancellationToken.None);
        return (called!, (await answered)!);
    }
}
