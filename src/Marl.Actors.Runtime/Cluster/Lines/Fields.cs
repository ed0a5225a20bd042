using System.Buffers.Binary;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>
/// Goes through the fields of a protobuf message as it lies in memory; nothing is copied. Akka's own classes for its frames are
/// internal, and a frame must be looked at before Akka is given it.
/// </summary>
/// <param name="message">The message's bytes.</param>
internal ref struct Fields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> rest = message;
    private int wire = -1;

    /// <summary>The field's number.</summary>
    public int Number { get; private set; }

    /// <summary>Of a field of numbers.</summary>
    public ulong Value { get; private set; }

    /// <summary>Of a field of bytes, text or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The message is not one.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>It is this field, and has bytes.</summary>
    public readonly bool IsBytes(int number) => Number == number && wire == Delimited;

    /// <summary>It is this field, and has eight bytes.</summary>
    public readonly bool IsFixed64(int number) => Number == number && wire == Fixed64;

    /// <summary>It is this field, and has a number of any length.</summary>
    public readonly bool IsVarint(int number) => Number == number && wire == Varint;

    /// <summary>Goes on to the next field.</summary>
    /// <returns>There is none, or <see cref="IsBroken"/>.</returns>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var isRead = Take(out var tag);
        (Number, wire, Value) = ((int)(tag >> 3), (int)(tag & 7), 0);
        Bytes = default;
        isRead = isRead && tag >> 3 is > 0 and < 1 << 29 && wire switch
        {
            Varint => Take(out var number) && Keep(number),
            Fixed64 => rest.Length >= 8 && Keep(BinaryPrimitives.ReadUInt64LittleEndian(rest)) && Skip(8),
            Fixed32 => rest.Length >= 4 && Keep(BinaryPrimitives.ReadUInt32LittleEndian(rest)) && Skip(4),
            Delimited => Take(out var length) && length <= (ulong)rest.Length && KeepBytes((int)length) && Skip((int)length),
            _ => false, // groups: nobody has written them for twenty years
        };
        IsBroken = !isRead;
        return isRead;
    }

    private bool Take(out ulong number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(rest.Length, 10); i++)
        {
            number |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                return Skip(i + 1);
            }
        }

        return false;
    }

    private bool Skip(int bytes)
    {
        rest = rest[bytes..];
        return true;
    }

    private bool Keep(ulong number)
    {
        Value = number;
        return true;
    }

    private bool KeepBytes(int length)
    {
        Bytes = rest[..length];
        return true;
    }
}
