using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Remote.Transport;
using Google.Protobuf;
using Marl.Actors.Runtime.Cluster.Lines;
using Marl.Actors.Runtime.Cluster.Nodes;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Lines;

/// <summary>Frames that wait in Akka's mailboxes are counted, and lines wait for them.</summary>
public sealed class BacklogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Backlog backlog = new();

    [Fact]
    public void Every_frame_is_counted_until_it_is_taken()
    {
        var queue = new FrameQueue(backlog);
        queue.Enqueue(ActorRefs.Nobody, Frame(1000));
        queue.Enqueue(ActorRefs.Nobody, new Envelope("no frame", ActorRefs.NoSender));
        Assert.InRange(backlog.Bytes, 1000, 2000);
        Assert.True(queue.TryDequeue(out _) && queue.TryDequeue(out _));
        Assert.False(queue.TryDequeue(out _));
        Assert.Equal(0, backlog.Bytes);
    }

    [Fact]
    public void What_comes_for_an_actor_that_has_ended_is_not_counted()
    {
        var (queue, dead) = (new FrameQueue(backlog), new FrameQueue(new()));
        queue.Enqueue(ActorRefs.Nobody, Frame(1000));
        queue.CleanUp(ActorRefs.Nobody, dead);
        queue.Enqueue(ActorRefs.Nobody, Frame(1000));
        Assert.Equal(0, backlog.Bytes);
        Assert.Equal(1, dead.Count);
    }

    [Fact]
    public async Task Lines_wait_until_there_is_room()
    {
        var queue = new FrameQueue(backlog);
        for (var i = 0; i < 50; i++)
        {
            queue.Enqueue(ActorRefs.Nobody, Frame(100_000));
        }

        var waiting = backlog.RoomAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        while (queue.TryDequeue(out _))
        {
        }

        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_never_stops_is_not_given_more_than_there_is_room_for()
    {
        var started = await ClusterNode.StartAsync(new(), _ => throw new InvalidOperationException());
        await using var node = started.Value;
        using var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(node.Address.Host, node.Address.Port);
        await caller.SendAsync(Framed(LineFrames.Introduction(port: 9)));
        var frames = Enumerable.Repeat(Framed(LineFrames.Message()), 2_000).SelectMany(f => f).ToArray();
        var (sent, most) = (0, 0L);
        for (; sent < 400_000; sent += 2_000)
        {
            await caller.SendAsync(frames);
            most = Math.Max(most, Backlog.Of(node.System).Bytes);
        }

        Assert.InRange(most, 1, 6 << 20); // all of them would take 100 MB
        using var limit = new CancellationTokenSource(Patience);
        while (Backlog.Of(node.System).Bytes > 0)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static Envelope Frame(int length) => new(new InboundPayload(ByteString.CopyFrom(new byte[length])), ActorRefs.NoSender);

    private static byte[] Framed(byte[] frame) => [.. BitConverter.GetBytes(frame.Length), .. frame];
}
