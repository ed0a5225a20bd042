using System.Buffers.Binary;
using System.Text;
using Marl.Actors.Core.Files;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>
/// The bytes of TensorBoard event files. Framing (tensorflow <c>core/lib/io/record_writer.cc</c>): length (u64 LE), masked
/// CRC-32C of the length (u32), data, masked CRC-32C of the data (u32). Data (<c>core/util/event.proto</c>,
/// <c>core/framework/summary.proto</c>):
/// <code>
/// Event         1: double wall_time  2: int64 step  3: string file_version  5: Summary summary
/// Summary       1: repeated Value value
/// Summary.Value 1: string tag        2: float simple_value
/// </code>
/// </summary>
internal static class EventCodec
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>The record every file begins with.</summary>
    public static byte[] Version(double wallTime)
    {
        var data = new ProtobufWriter().Double(1, wallTime).Text(3, "brain.Event:2");
        return Frame(data.Written);
    }

    /// <summary>A record of scalars.</summary>
    public static byte[] Scalars(long step, double wallTime, IEnumerable<Metric> scalars)
    {
        var summary = new ProtobufWriter();
        foreach (var scalar in scalars)
        {
            var value = new ProtobufWriter().Text(1, scalar.Name).Single(2, (float)scalar.Value);
            summary.Bytes(1, value.Written);
        }

        var data = new ProtobufWriter().Double(1, wallTime).Integer(2, step).Bytes(5, summary.Written);
        return Frame(data.Written);
    }

    /// <summary>The scalars of a file, up to the first torn or damaged record.</summary>
    public static IReadOnlyList<ScalarEvent> Read(ReadOnlySpan<byte> file)
    {
        var scalars = new List<ScalarEvent>();
        while (TakeRecord(ref file, out var data))
        {
            ReadEvent(data, scalars);
        }

        return scalars;
    }

    private static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[12 + data.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Crc32C.Masked(data));
        return record;
    }

    private static bool TakeRecord(ref ReadOnlySpan<byte> file, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (file.Length < 16 || BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) != Crc32C.Masked(file[..8]))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > (ulong)(file.Length - 16))
        {
            return false;
        }

        data = file.Slice(12, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + (int)length)..]) != Crc32C.Masked(data))
        {
            return false;
        }

        file = file[(16 + (int)length)..];
        return true;
    }

    private static void ReadEvent(ReadOnlySpan<byte> data, List<ScalarEvent> scalars)
    {
        var (wallTime, step, first) = (0.0, 0L, scalars.Count);
        var reader = new ProtobufReader(data);
        while (reader.Next(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, Fixed64): wallTime = reader.Double(); break;
                case (2, Varint): step = (long)reader.Integer(); break;
                case (5, Bytes): ReadSummary(reader.Bytes(), scalars); break;
                default: reader.Skip(wire); break;
            }
        }

        for (var i = first; i < scalars.Count; i++)
        {
            scalars[i] = scalars[i] with { Step = step, WallTime = wallTime };
        }
    }

    private static void ReadSummary(ReadOnlySpan<byte> data, List<ScalarEvent> scalars)
    {
        var reader = new ProtobufReader(data);
        while (reader.Next(out var field, out var wire))
        {
            if ((field, wire) != (1, Bytes))
            {
                reader.Skip(wire);
                continue;
            }

            var (tag, value) = ("", float.NaN);
            var inner = new ProtobufReader(reader.Bytes());
            while (inner.Next(out var part, out var partWire))
            {
                switch (part, partWire)
                {
                    case (1, Bytes): tag = Encoding.UTF8.GetString(inner.Bytes()); break;
                    case (2, Fixed32): value = inner.Single(); break;
                    default: inner.Skip(partWire); break;
                }
            }

            scalars.Add(new(tag, 0, 0, value));
        }
    }
}
