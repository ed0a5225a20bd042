using System.Buffers.Binary;
using System.Numerics;

namespace Marl.Actors.Core.Files;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), with the processor's instruction where it has one.</summary>
public static class Crc32C
{
    /// <summary>The checksum.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="before">The checksum of the bytes before them.</param>
    public static uint Of(ReadOnlySpan<byte> data, uint before = 0)
    {
        var crc = ~before;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    /// <summary>The checksum as TFRecord stores it, so that checksums of data that holds checksums stay good: rotated right by 15, plus a constant.</summary>
    public static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Of(data), 15) + 0xA282EAD8u;
}
