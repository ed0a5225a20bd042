using System.Buffers.Binary;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>The first frame of a line, read before there is anything to read more with.</summary>
internal static class Introduction
{
    private const int Longest = 1024; // a host's name has at most 255 bytes

    /// <summary>Reads it.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="gate">Says whether it is one.</param>
    /// <param name="limit">Ends the waiting.</param>
    /// <returns>Empty when it is none.</returns>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, FrameGate gate, CancellationToken limit)
    {
        var prefix = new byte[NodeLine.Prefix];
        await stream.ReadExactlyAsync(prefix, limit);
        if (BinaryPrimitives.ReadInt32LittleEndian(prefix) is var length && length is <= 0 or > Longest)
        {
            return default;
        }

        var frame = new byte[length];
        await stream.ReadExactlyAsync(frame, limit);
        return gate.Judge(frame) == Verdict.Pass && gate.IsIntroduced ? frame : default;
    }
}
