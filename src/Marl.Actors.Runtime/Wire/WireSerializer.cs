using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Puts the records of <see cref="WireRecords"/> into bytes, and nothing else. The first byte is the version. A record is
/// found by its name on the wire, never by a type's name.
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

    private static readonly FrozenDictionary<Type, WireRecord> byType = WireRecords.All.ToFrozenDictionary(r => r.Type);
    private static readonly FrozenDictionary<string, WireRecord> byManifest = WireRecords.All.ToFrozenDictionary(r => r.Manifest);

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
        var writer = new WireWriter(record is Frame frame ? frame.Bytes.Length + 64 : 256);
        writer.Byte(Version);
        line.Write(writer, record);
        return writer.Length <= LargestRecord
            ? writer.ToArray()
            : throw new WireException($"A {line.Manifest} record has {writer.Length} bytes; {LargestRecord} are the most one may have. Send it as a parcel, which goes in chunks.");
    }

    /// <summary>A record of bytes.</summary>
    /// <exception cref="WireException">They are none.</exception>
    public static object Read(ReadOnlyMemory<byte> bytes, string manifest)
    {
        if (!byManifest.TryGetValue(manifest ?? "", out var line))
        {
            throw new WireException($"Records '{Shown(manifest)}' are unknown to this node.");
        }

        if (bytes.Length > LargestRecord)
        {
            throw new WireException($"A {line.Manifest} record has {bytes.Length} bytes; {LargestRecord} are the most one may have.");
        }

        var reader = new WireReader(bytes);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new WireException($"A {line.Manifest} record is of version {version}; this node reads version {Version}. Run the same version on all nodes.");
        }

        var record = line.Read(reader);
        reader.End();
        return record;
    }

    private static WireRecord Of(object record) =>
        byType.TryGetValue(record.GetType(), out var line) ? line : throw new WireException($"{record.GetType().Name} is not on the list of what travels between nodes.");

    private static string Shown(string? manifest) => manifest is null ? "" : manifest.Length <= 40 ? manifest : manifest[..40] + "…";
}
