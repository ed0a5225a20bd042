using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote, from bytes that anybody may have made: every length is held against what is left
/// and against a limit before room is made for it. Whatever is wrong becomes a <see cref="WireException"/>.
/// </summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes)
{
    /// <summary>Bytes a text may have where nothing else is said.</summary>
    public const int LongestText = 65_536;

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> rest = bytes;

    /// <summary>Bytes not yet read.</summary>
    public int Left => rest.Length;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new WireException($"A yes or no is {other}."),
    };

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A number written by <see cref="WireWriter.Small"/>.</summary>
    public long Small()
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new WireException("A number is longer than 9 bytes.");
    }

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int Small(int most) => Small() is var value && value <= most ? (int)value : throw new WireException($"{value} is above {most}, the most there may be.");

    /// <summary>A number written by <see cref="WireWriter.Near"/>.</summary>
    public int Near()
    {
        var value = Small();
        return value <= uint.MaxValue ? (int)((uint)value >> 1) ^ -(int)(value & 1) : throw new WireException($"{value} is no number of 32 bits.");
    }

    /// <summary>A number of things that follow, each of at least <paramref name="bytesEach"/> bytes.</summary>
    public int Count(int most, int bytesEach = 1)
    {
        var count = Small();
        if (count > most)
        {
            throw new WireException($"{count} things are said to follow; {most} are the most there may be.");
        }

        return count * bytesEach <= Left ? (int)count : throw new WireException($"{count} things of {bytesEach} bytes or more are said to follow, and {Left} bytes are left.");
    }

    public string Text(int most = LongestText)
    {
        try
        {
            return strict.GetString(Take(Count(most)));
        }
        catch (DecoderFallbackException)
        {
            throw new WireException("A text is not UTF-8.");
        }
    }

    /// <summary>Bytes behind their number, where they lie: they are not copied.</summary>
    public ReadOnlyMemory<byte> Bytes(int most) => Raw(Count(most));

    /// <summary>Floats behind their number.</summary>
    public float[] Floats(int most)
    {
        var count = Count(most, sizeof(float));
        var floats = GC.AllocateUninitializedArray<float>(count);
        FloatsInto(floats);
        return floats;
    }

    /// <summary>As many floats as the span has room for, without a number in front.</summary>
    public void FloatsInto(Span<float> floats) => Take((long)floats.Length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(floats));

    /// <summary>So many bytes, where they lie.</summary>
    public ReadOnlyMemory<byte> Raw(int count)
    {
        Need(count);
        var raw = rest[..count];
        rest = rest[count..];
        return raw;
    }

    /// <summary>Says that nothing may be left.</summary>
    public void End()
    {
        if (Left > 0)
        {
            throw new WireException($"{Left} bytes follow behind the end.");
        }
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        Need(count);
        var taken = rest.Span[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private void Need(long count)
    {
        if (count > Left)
        {
            throw new WireException($"{count} bytes are needed, and {Left} are left.");
        }
    }
}
