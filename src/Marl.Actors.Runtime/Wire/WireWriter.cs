using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Puts numbers, text and floats into a growing buffer, little-endian. What <see cref="WireReader"/> reads.</summary>
internal sealed class WireWriter(int capacity = 256)
{
    private byte[] buffer = capacity == 0 ? [] : new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>What has been written, as an array of its own.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Begins anew in the same buffer.</summary>
    public void Clear() => Length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    /// <summary>A number that is mostly small and never negative: 1 to 9 bytes.</summary>
    public void Small(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>A number that is mostly near 0, of either sign.</summary>
    public void Near(int value) => Small((uint)((value << 1) ^ (value >> 31)));

    /// <summary>UTF-8 behind its length.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Small(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Bytes behind their number.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Small(value.Length);
        Raw(value);
    }

    /// <summary>Floats behind their number.</summary>
    public void Floats(ReadOnlySpan<float> value)
    {
        Small(value.Length);
        Raw(MemoryMarshal.AsBytes(value));
    }

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    private Span<byte> Room(int count)
    {
        if (buffer.Length - Length < count)
        {
            Array.Resize(ref buffer, (int)Math.Min(Math.Max(2L * buffer.Length, (long)Length + count), Array.MaxLength));
        }

        Length += count;
        return buffer.AsSpan(Length - count, count);
    }
}
