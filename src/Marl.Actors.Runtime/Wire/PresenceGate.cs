using System.Collections.Frozen;
using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Lets through what a cluster needs of Akka's own miscellany: asking who is there, and remote heartbeats. The rest of it
/// would make exceptions, routers and settings of another node's words.
/// </summary>
internal sealed class PresenceGate(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly FrozenSet<string> open = new[] { "ID", "AID", "RWHB", "RWHR" }.ToFrozenSet();

    private readonly MiscMessageSerializer inner = new(system);

    /// <inheritdoc/>
    public override int Identifier => inner.Identifier;

    /// <inheritdoc/>
    public override string Manifest(object o) => inner.Manifest(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        open.Contains(Manifest(obj)) ? inner.ToBinary(obj) : throw new WireException($"{obj.GetType()} is not on the list of what travels between nodes.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        open.Contains(manifest ?? "") ? inner.FromBinary(bytes, manifest) : throw new WireException("A message of Akka's own came that no node of ours sends.");
}
