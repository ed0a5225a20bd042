using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>
/// A connection between two nodes. Frames are a length of four bytes, least first, and so many bytes; whoever announces more
/// than is allowed is hung up on before any memory is taken for it. A line on which nothing comes or goes holds no buffer.
/// </summary>
internal sealed class NodeLine : AssociationHandle
{
    /// <summary>Bytes of a frame's length.</summary>
    public const int Prefix = 4;

    private const int ReadBytes = 1 << 15;
    private const int BatchBytes = 1 << 18;
    private const int MostWaiting = 1 << 23; // bytes; more is refused and Akka tries again

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly ArrayPool<byte> buffers = ArrayPool<byte>.Create(BatchBytes, 8);

    private readonly Stream stream;
    private readonly int longest;
    private readonly FrameGate gate;
    private readonly Backlog backlog;
    private readonly ReadOnlyMemory<byte> first;
    private readonly Action<NodeLine> isOver;
    private readonly Callers? callers;
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<ByteString> outbox = Channel.CreateUnbounded<ByteString>(new() { SingleReader = true });
    private int waiting;
    private int state; // of closed (1) and let go of (2)

    /// <summary>Takes over a stream after its handshake. Reading begins when Akka says who listens.</summary>
    /// <param name="own">This end.</param>
    /// <param name="other">That end.</param>
    /// <param name="stream">The connection.</param>
    /// <param name="longest">Bytes a frame may have.</param>
    /// <param name="gate">Looks at what comes.</param>
    /// <param name="backlog">Nothing is read while it is full.</param>
    /// <param name="first">A frame that has come already, and been looked at; empty for none.</param>
    /// <param name="callers">Counts it; null for one that this node has called.</param>
    /// <param name="isOver">Told when it is closed.</param>
    public NodeLine(Address own, Address other, Stream stream, int longest, FrameGate gate, Backlog backlog, ReadOnlyMemory<byte> first, Callers? callers, Action<NodeLine> isOver)
        : base(own, other)
    {
        (this.stream, this.longest, this.gate, this.backlog, this.first, this.callers, this.isOver) = (stream, longest, gate, backlog, first, callers, isOver);
        _ = Task.Run(WriteAsync);
        ReadHandlerSource.Task.ContinueWith(given => ReadAsync(given.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private static int Closed => 1;

    private static int LetGo => 2;

    public override bool Write(ByteString payload)
    {
        var isFree = Interlocked.Add(ref waiting, payload.Length) <= MostWaiting;
        if (isFree && outbox.Writer.TryWrite(payload))
        {
            return true;
        }

        Interlocked.Add(ref waiting, -payload.Length);
        return false;
    }

    [Obsolete("Akka calls it.")]
    public override void Disassociate()
    {
        var before = Interlocked.Or(ref state, LetGo);
        if (before == Closed)
        {
            callers?.Bury();
            callers?.Leave();
        }

        Close();
    }

    /// <summary>Sends what waits, and hangs up.</summary>
    public void Close()
    {
        if (outbox.Writer.TryComplete())
        {
            try
            {
                closing.CancelAfter(Farewell);
            }
            catch (ObjectDisposedException)
            {
                // All was sent before it was said.
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await outbox.Reader.WaitToReadAsync(closing.Token))
            {
                await WriteWaitingAsync();
            }

            if (stream is SslStream secured)
            {
                await secured.ShutdownAsync();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The other end is gone, or did not take the rest in time.
        }

        outbox.Writer.TryComplete();
        await stream.DisposeAsync();
        closing.Dispose();
        switch (Interlocked.Or(ref state, Closed))
        {
            case 0:
                callers?.End();
                break;
            default:
                callers?.Leave();
                break;
        }

        isOver(this);
    }

    /// <summary>As many frames at a time as fit into one buffer.</summary>
    private async Task WriteWaitingAsync()
    {
        while (outbox.Reader.TryPeek(out var next))
        {
            var likely = Volatile.Read(ref waiting);
            var batch = buffers.Rent(Math.Max(next.Length + Prefix, Math.Min(BatchBytes, likely + (likely / 8) + 64)));
            try
            {
                var filled = 0;
                while (outbox.Reader.TryPeek(out next) && filled + Prefix + next.Length <= batch.Length && outbox.Reader.TryRead(out var payload))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(filled), payload.Length);
                    payload.Span.CopyTo(batch.AsSpan(filled + Prefix));
                    filled += Prefix + payload.Length;
                    Interlocked.Add(ref waiting, -payload.Length);
                }

                await stream.WriteAsync(batch.AsMemory(0, filled), closing.Token);
            }
            finally
            {
                buffers.Return(batch);
            }
        }
    }

    private async Task ReadAsync(IHandleEventListener listener)
    {
        byte[]? buffer = null;
        try
        {
            if (!first.IsEmpty)
            {
                listener.Notify(new InboundPayload(ByteString.CopyFrom(first.Span)));
            }

            var (begin, end) = (0, 0);
            while (true)
            {
                await backlog.RoomAsync();
                if (buffer is null)
                {
                    _ = await stream.ReadAsync(Memory<byte>.Empty); // until there is something
                    (buffer, begin, end) = (buffers.Rent(ReadBytes), 0, 0);
                }

                if (await stream.ReadAsync(buffer.AsMemory(end)) is var got && got == 0)
                {
                    break;
                }

                end += got;
                begin = Take(listener, buffer, begin, end);
                buffer = Room(buffer, ref begin, ref end);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As if it had hung up.
        }

        if (buffer is not null)
        {
            buffers.Return(buffer);
        }

        Close();
        listener.Notify(new Disassociated(DisassociateInfo.Unknown));
    }

    /// <summary>Hands on the frames that have come whole.</summary>
    /// <returns>Where the next begins.</returns>
    /// <exception cref="InvalidDataException">No node of ours says that.</exception>
    private int Take(IHandleEventListener listener, byte[] buffer, int begin, int end)
    {
        while (end - begin >= Prefix && LengthAt(buffer, begin) is var length && length <= end - begin - Prefix)
        {
            switch (gate.Judge(buffer.AsSpan(begin + Prefix, length)))
            {
                case Verdict.Pass:
                    listener.Notify(new InboundPayload(ByteString.CopyFrom(buffer, begin + Prefix, length)));
                    break;
                case Verdict.HangUp:
                    throw new InvalidDataException("A frame came that is none.");
            }

            begin += Prefix + length;
        }

        return begin;
    }

    /// <summary>A buffer with room for what comes next: none while nothing is expected, a greater one when a frame does not fit.</summary>
    private byte[]? Room(byte[] buffer, ref int begin, ref int end)
    {
        var target = buffer;
        if (begin == end)
        {
            target = null;
        }
        else if (end == buffer.Length)
        {
            target = end - begin >= Prefix && LengthAt(buffer, begin) + Prefix > buffer.Length ? buffers.Rent(LengthAt(buffer, begin) + Prefix) : buffer;
            buffer.AsSpan(begin, end - begin).CopyTo(target);
            (begin, end) = (0, end - begin);
        }

        if (target != buffer)
        {
            buffers.Return(buffer);
        }

        return target;
    }

    /// <exception cref="InvalidDataException">No frame of ours has that length.</exception>
    private int LengthAt(byte[] buffer, int at) => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)) is var length && length > 0 && length <= longest
        ? length
        : throw new InvalidDataException($"A frame of {length} bytes is announced.");

    private static bool IsEnd(Exception e) => e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException or InvalidDataException or System.Security.Authentication.AuthenticationException;
}
