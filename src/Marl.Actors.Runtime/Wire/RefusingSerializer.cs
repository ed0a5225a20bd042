using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Stands where Akka has JSON for everything, which makes objects of whatever type the sender names. Nothing passes: neither
/// what we would send, nor what another node says is JSON.
/// </summary>
/// <param name="system">The actor system.</param>
/// <param name="settings">What Akka says to JSON; it makes a serializer that has settings only with this argument.</param>
internal sealed class RefusingSerializer(ExtendedActorSystem system, Config settings) : Serializer(system)
{
    /// <summary>What Akka says to JSON; it changes nothing here.</summary>
    public Config Settings => settings;

    /// <summary>JSON's own number, so that what comes under it arrives here.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new WireException($"{obj.GetType()} is not on the list of what travels between nodes.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new WireException($"{bytes.Length} bytes came as JSON, which this node does not read.");
}
