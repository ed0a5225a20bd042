using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Stands where Akka has JSON for everything, and where it has other serializers that make objects of whatever type the sender
/// names. Nothing passes: neither what we would send, nor what comes. Nor is a type looked up, as Akka would for a serializer
/// of the older kind.
/// </summary>
internal sealed class RefusingSerializer : SerializerWithStringManifest
{
    /// <summary>Akka makes a serializer without settings so.</summary>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Akka makes a serializer that has settings so, as JSON has; they change nothing here.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) => _ = settings;

    /// <summary>JSON's own number, so that what comes under it arrives here. The other serializers' numbers are nobody's.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override string Manifest(object o) => "";

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw new WireException($"{obj.GetType()} is not on the list of what travels between nodes.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => throw new WireException($"{bytes.Length} bytes came as JSON, which this node does not read.");
}
