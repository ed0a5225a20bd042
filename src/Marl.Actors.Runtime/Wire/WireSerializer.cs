using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Serialization;
using Marl.Actors.Core.Files;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Puts the records of <see cref="WireRecords"/> into bytes, and nothing else: the version, the record, a checksum of both and
/// of the record's name on the wire, by which it is found. No type is ever named.
/// </summary>
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The version written.</summary>
    public const byte Version = 1;

    /// <summary>
    /// The largest record. Akka drops what exceeds its frame size without telling anybody but the log, and counts about 140
    /// bytes of its own (measured), so the limit is here and keeps clear of that.
    /// </summary>
    public const int LargestRecord = 120_000;

    private const int ChecksumBytes = 4;

    private static readonly FrozenDictionary<Type, WireRecord> byType = WireRecords.All.ToFrozenDictionary(r => r.Type);
    private static readonly FrozenDictionary<string, WireRecord> byManifest = WireRecords.All.ToFrozenDictionary(r => r.Manifest);

    [ThreadStatic]
    private static WireWriter? buffer;

    /// <inheritdoc/>
    public override int Identifier => WireConfiguration.Identifier;

    /// <inheritdoc/>
    public override string Manifest(object o) => Of(o).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => Write(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Read(bytes, manifest);

    /// <summary>A record in bytes.</summary>
    /// <exception cref="WireException">It is not of the list, or too large.</exception>
    public static byte[] Write(object record)
    {
        var line = Of(record);
        var writer = buffer ??= new(LargestRecord);
        writer.Clear();
        writer.Byte(Version);
        line.Write(writer, record);
        writer.Int(Checksum(line.Manifest, writer.Written));
        if (writer.Length > LargestRecord)
        {
            buffer = null; // it has grown
            throw new WireException($"A record of kind '{line.Manifest}' has {writer.Length} bytes; {LargestRecord} are the most one may have. What is larger goes as a parcel, in chunks.");
        }

        return writer.ToArray();
    }

    /// <summary>A record of bytes. It may keep them.</summary>
    /// <exception cref="WireException">They are none.</exception>
    public static object Read(ReadOnlyMemory<byte> bytes, string? manifest)
    {
        if (!byManifest.TryGetValue(manifest ?? "", out var line))
        {
            throw new WireException($"Records '{Shown(manifest)}' are unknown to this node.");
        }

        if (bytes.Length is < 1 + ChecksumBytes or > LargestRecord)
        {
            throw new WireException($"A record of kind '{line.Manifest}' has {bytes.Length} bytes; {1 + ChecksumBytes} to {LargestRecord} may be.");
        }

        if (bytes.Span[0] != Version)
        {
            throw new WireException($"A record of kind '{line.Manifest}' is of version {bytes.Span[0]}; this node reads version {Version}. Run the same version on all nodes.");
        }

        var content = bytes[..^ChecksumBytes];
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[^ChecksumBytes..]) != Checksum(line.Manifest, content.Span))
        {
            throw new WireException($"A record of kind '{line.Manifest}' was damaged on its way: its checksum is wrong.");
        }

        var reader = new WireReader(content[1..]);
        var record = line.Read(reader);
        reader.End();
        return record;
    }

    private static int Checksum(string manifest, ReadOnlySpan<byte> content) => (int)Crc32C.Of(content, Crc32C.Of(MemoryMarshal.AsBytes(manifest.AsSpan())));

    private static WireRecord Of(object record) =>
        byType.TryGetValue(record.GetType(), out var line) ? line : throw new WireException($"{record.GetType().Name} is not on the list of what travels between nodes.");

    private static string Shown(string? manifest) => manifest is null ? "" : manifest.Length <= 40 ? manifest : manifest[..40] + "…";
}
