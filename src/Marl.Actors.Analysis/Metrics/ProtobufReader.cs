using System.Buffers.Binary;
using Marl.Actors.Core.Files;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>Reads what <see cref="ProtobufWriter"/> writes, and skips what it doesn't. Damaged data ends the reading.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> rest = data;

    public bool Next(out int field, out int wire)
    {
        if (rest.IsEmpty)
        {
            (field, wire) = (0, 0);
            return false;
        }

        var tag = Integer();
        (field, wire) = ((int)(tag >> 3), (int)(tag & 7));
        return true;
    }

    public ulong Integer()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && !rest.IsEmpty; shift += 7)
        {
            var b = rest[0];
            rest = rest[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                break;
            }
        }

        return value;
    }

    public double Double() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : double.NaN;

    public float Single() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : float.NaN;

    public ReadOnlySpan<byte> Bytes() => Take(Integer());

    public void Skip(int wire)
    {
        switch (wire)
        {
            case 0: Integer(); break;
            case 1: Take(8); break;
            case 2: Take(Integer()); break;
            case 5: Take(4); break;
            default: rest = default; break;
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        var count = (int)Math.Min(length, (ulong)rest.Length);
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
