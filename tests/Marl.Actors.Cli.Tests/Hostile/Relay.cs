using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>Stands between a node and those who call it, and keeps what they say: whole frames, as a port hears them.</summary>
internal sealed class Relay : IDisposable
{
    private const int Most = 5_000;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly int behind;

    /// <summary>Gives on to a port.</summary>
    public Relay(int behind)
    {
        this.behind = behind;
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it is called.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was said, without the lengths before it.</summary>
    public ConcurrentQueue<byte[]> Frames { get; } = [];

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var caller = await listener.AcceptTcpClientAsync(closing.Token);
                _ = GiveOnAsync(caller);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task GiveOnAsync(TcpClient caller)
    {
        try
        {
            using var node = new TcpClient();
            using var there = caller;
            await node.ConnectAsync(IPAddress.Loopback, behind, closing.Token);
            var answers = node.GetStream().CopyToAsync(caller.GetStream(), closing.Token);
            var (from, to) = (caller.GetStream(), node.GetStream());
            var length = new byte[4];
            while (true)
            {
                await from.ReadExactlyAsync(length, closing.Token);
                var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
                await from.ReadExactlyAsync(frame, closing.Token);
                if (Frames.Count < Most)
                {
                    Frames.Enqueue(frame);
                }

                await to.WriteAsync(length, closing.Token);
                await to.WriteAsync(frame, closing.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of them has hung up.
        }
    }
}
