using System.Buffers.Binary;
using System.Net.Security;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>
/// A connection on which both ends know each other. Frames are a length of four bytes, least first, and so many bytes; whoever
/// announces more than is allowed is hung up on before any memory is taken for it.
/// </summary>
internal sealed class TlsLine : AssociationHandle
{
    private const int Prefix = 4;
    private const int BatchBytes = 1 << 18;
    private const int MostWaiting = 1 << 23; // bytes; more is refused and Akka tries again

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SslStream stream;
    private readonly int longest;
    private readonly Action<TlsLine> ended;
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<ByteString> outbox = Channel.CreateUnbounded<ByteString>(new() { SingleReader = true });
    private int waiting;

    /// <summary>Takes over a stream after its handshake. Reading begins when Akka says who listens.</summary>
    /// <param name="own">This end.</param>
    /// <param name="other">That end.</param>
    /// <param name="stream">The connection.</param>
    /// <param name="longest">Bytes a frame may have.</param>
    /// <param name="ended">Told when it is closed.</param>
    public TlsLine(Address own, Address other, SslStream stream, int longest, Action<TlsLine> ended)
        : base(own, other)
    {
        this.stream = stream;
        this.longest = longest;
        this.ended = ended;
        _ = Task.Run(WriteAsync);
        ReadHandlerSource.Task.ContinueWith(given => ReadAsync(given.Result), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

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
    public override void Disassociate() => Close();

    /// <summary>Sends what waits, and hangs up.</summary>
    public void Close()
    {
        outbox.Writer.TryComplete();
        closing.CancelAfter(Farewell);
    }

    private async Task WriteAsync()
    {
        try
        {
            var batch = new byte[Math.Max(BatchBytes, longest + Prefix)];
            while (await outbox.Reader.WaitToReadAsync(closing.Token))
            {
                var filled = 0;
                while (outbox.Reader.TryRead(out var payload))
                {
                    if (filled + Prefix + payload.Length > batch.Length)
                    {
                        await stream.WriteAsync(batch.AsMemory(0, filled), closing.Token);
                        filled = 0;
                    }

                    BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(filled), payload.Length);
                    payload.Span.CopyTo(batch.AsSpan(filled + Prefix));
                    filled += Prefix + payload.Length;
                    Interlocked.Add(ref waiting, -payload.Length);
                }

                await stream.WriteAsync(batch.AsMemory(0, filled), closing.Token);
            }

            await stream.ShutdownAsync();
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The other end is gone, or did not take the rest in time.
        }

        outbox.Writer.TryComplete();
        await stream.DisposeAsync();
        ended(this);
    }

    private async Task ReadAsync(IHandleEventListener listener)
    {
        try
        {
            var buffer = new byte[longest + Prefix];
            var (first, end) = (0, 0);
            while (await stream.ReadAsync(buffer.AsMemory(end), CancellationToken.None) is > 0 and var got)
            {
                end += got;
                while (end - first >= Prefix && BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(first)) is var length && IsWhole(length, end - first - Prefix))
                {
                    listener.Notify(new InboundPayload(ByteString.CopyFrom(buffer, first + Prefix, length)));
                    first += Prefix + length;
                }

                buffer.AsSpan(first, end - first).CopyTo(buffer);
                (first, end) = (0, end - first);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As if it had hung up.
        }

        Close();
        listener.Notify(new Disassociated(DisassociateInfo.Unknown));
    }

    /// <exception cref="InvalidDataException">No frame of ours has that length.</exception>
    private bool IsWhole(int length, int there) =>
        length > 0 && length <= longest ? length <= there : throw new InvalidDataException($"A frame of {length} bytes is announced.");

    private static bool IsEnd(Exception e) => e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException or InvalidDataException or System.Security.Authentication.AuthenticationException;
}
