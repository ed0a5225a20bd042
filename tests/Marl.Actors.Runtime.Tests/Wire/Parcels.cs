using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>Random parcels, and whether two say the same.</summary>
internal static class Parcels
{
    public static MessageLayout Layout(string kind, params int[] extents) => new(kind, [.. extents.Select((e, i) => new Field($"f{i}", [e, 1]))]);

    public static Message Message(MessageLayout layout, Stamp stamp, int seed = 0)
    {
        var message = Core.Messages.Message.Create(layout, stamp);
        var block = message.WriteBlock();
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = BitConverter.Int32BitsToSingle((i * 2654435 + seed) ^ (i << 7)); // any bits, NaN among them
        }

        return message.Seal();
    }

    /// <summary>A parcel of any sort; tokens have up to <paramref name="mostFloats"/> floats.</summary>
    public static Parcel Any(Random random, int mostFloats = 64) => random.Next(12) switch
    {
        0 => new EndParcel(random.Next(9)),
        1 => new GrantParcel(random.Next(9), random.Next(1, 1000)),
        2 => new NoteParcel("note" + random.Next(3), Bytes(random, random.Next(mostFloats * 4))),
        3 => new SupersededParcel(random.Next(9)),
        4 => new ObservationParcel(random.Next(99), random.Next(4), random.Next(-1, 5), Token(random, mostFloats)),
        5 => new TokenParcel(random.Next(9), Core.Messages.Message.Absent(Stamp(random))),
        _ => new TokenParcel(random.Next(9), Token(random, mostFloats)),
    };

    public static bool Same(Parcel left, Parcel right) => (left, right) switch
    {
        (TokenParcel a, TokenParcel b) => a.Link == b.Link && Same(a.Message, b.Message),
        (ObservationParcel a, ObservationParcel b) => (a.Cell, a.Output, a.Peer) == (b.Cell, b.Output, b.Peer) && Same(a.Message, b.Message),
        (NoteParcel a, NoteParcel b) => a.Kind == b.Kind && a.Body.AsSpan().SequenceEqual(b.Body),
        _ => left == right,
    };

    public static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static bool Same(Message left, Message right) =>
        left.Stamp == right.Stamp && left.IsAbsent == right.IsAbsent && left.Layout.Equals(right.Layout)
        && System.Runtime.InteropServices.MemoryMarshal.AsBytes(left.Block).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(right.Block));

    private static Stamp Stamp(Random random) => new(random.Next(-2, 1000), random.Next(), random.Next(3));

    private static Message Token(Random random, int mostFloats) =>
        Message(random.Next(3) == 0 ? Layout("odd", random.Next(mostFloats)) : Layout("steps", mostFloats / 2, 0, 3), Stamp(random), random.Next());
}
