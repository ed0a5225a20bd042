using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Makes parcels of bytes, for one conduit. Tokens come from a pool for each layout; the receiver releases them.</summary>
internal sealed class ParcelReader(ConduitLimits limits)
{
    private const int LongestKind = 1024;

    private readonly MessagePool?[] pools = new MessagePool?[limits.Layouts]; // by the layout's number

    /// <summary>Reads one parcel.</summary>
    /// <param name="first">Its first piece, in which the whole head lies.</param>
    /// <param name="more">The other pieces.</param>
    /// <returns>Null when it was a layout, which concerns nobody else.</returns>
    /// <exception cref="WireException">It is none.</exception>
    public Parcel? Read(ReadOnlyMemory<byte> first, params ReadOnlySpan<ReadOnlyMemory<byte>> more)
    {
        var head = new WireReader(first);
        Parcel? parcel = (ParcelKind)head.Byte() switch
        {
            ParcelKind.Token => new TokenParcel(head.Small(int.MaxValue), Token(head, more)),
            ParcelKind.Superseded => new SupersededParcel(head.Small(int.MaxValue)),
            ParcelKind.End => new EndParcel(head.Small(int.MaxValue)),
            ParcelKind.Grant => new GrantParcel(head.Small(int.MaxValue), head.Small(int.MaxValue)),
            ParcelKind.Observation => new ObservationParcel(head.Small(int.MaxValue), head.Small(int.MaxValue), head.Near(), Token(head, more)),
            ParcelKind.Note => new NoteParcel(head.Text(LongestKind), Note(head, more)),
            ParcelKind.Layout => Layout(head),
            var other => throw new WireException($"There is no parcel of kind {(byte)other}."),
        };
        if (parcel is not (TokenParcel or ObservationParcel or NoteParcel))
        {
            head.End();
            if (more.Length > 0)
            {
                throw new WireException("A parcel without a body came in several pieces.");
            }
        }

        return parcel;
    }

    private Parcel? Layout(WireReader head)
    {
        var number = head.Small(pools.Length - 1);
        pools[number] = new(LayoutCodec.Read(head, limits.LargestParcel / sizeof(float)));
        return null;
    }

    private Message Token(WireReader head, ReadOnlySpan<ReadOnlyMemory<byte>> more)
    {
        var number = head.Small(pools.Length);
        var stamp = new Stamp(head.Near(), head.Near(), head.Near());
        var length = Length(head, more);
        if (number == 0)
        {
            return length == 0 ? Message.Absent(stamp) : throw new WireException($"An absent token has {length} bytes.");
        }

        var pool = pools[number - 1] ?? throw new WireException($"No layout {number - 1} has been told.");
        if (length != pool.Layout.Bytes)
        {
            throw new WireException($"A {pool.Layout.Kind} message has {length} bytes instead of {pool.Layout.Bytes}.");
        }

        var message = pool.Rent(stamp);
        Copy(head, more, MemoryMarshal.AsBytes(message.WriteBlock()));
        return message.Seal();
    }

    private static byte[] Note(WireReader head, ReadOnlySpan<ReadOnlyMemory<byte>> more)
    {
        var body = GC.AllocateUninitializedArray<byte>((int)Length(head, more));
        Copy(head, more, body);
        return body;
    }

    private static long Length(WireReader head, ReadOnlySpan<ReadOnlyMemory<byte>> more)
    {
        long length = head.Left;
        foreach (var piece in more)
        {
            length += piece.Length;
        }

        return length;
    }

    private static void Copy(WireReader head, ReadOnlySpan<ReadOnlyMemory<byte>> more, Span<byte> to)
    {
        var piece = head.Raw(head.Left);
        piece.Span.CopyTo(to);
        to = to[piece.Length..];
        foreach (var next in more)
        {
            next.Span.CopyTo(to);
            to = to[next.Length..];
        }
    }
}
