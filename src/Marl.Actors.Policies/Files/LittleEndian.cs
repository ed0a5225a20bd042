using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Marl.Actors.Policies.Files;

/// <summary>Floats as files hold them: IEEE 754 single precision, least significant byte first.</summary>
internal static class LittleEndian
{
    /// <summary>The bytes of floats.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(values).ToArray();
        }

        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }

    /// <summary>Reads <c>values.Length</c> floats from four times as many bytes.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
        }
    }
}
