using System.Text;

namespace Marl.Actors.Policies.Files;

/// <summary>Writes Protocol Buffers, as much as ONNX files need. Encoding: protobuf.dev, "Encoding".</summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int LengthType = 2;

    private readonly MemoryStream stream = new();

    /// <summary>A non-negative integer field.</summary>
    public ProtobufWriter Integer(int field, long value)
    {
        Varint(((ulong)field << 3) | VarintType);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A text field.</summary>
    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A field of bytes.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Varint(((ulong)field << 3) | LengthType);
        Varint((ulong)bytes.Length);
        stream.Write(bytes);
        return this;
    }

    /// <summary>A field that holds a message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.stream.GetBuffer().AsSpan(0, (int)message.stream.Length));

    /// <summary>What has been written.</summary>
    public byte[] ToArray() => stream.ToArray();

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
