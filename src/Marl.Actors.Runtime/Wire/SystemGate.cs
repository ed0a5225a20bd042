using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Lets through the system messages by which actors watch each other. Akka's untrusted mode stops no system message
/// (DefaultMessageDispatcher 1.5.74), and the others create, restart and end actors.
/// </summary>
internal sealed class SystemGate(ExtendedActorSystem system) : Serializer(system)
{
    private readonly SystemMessageSerializer inner = new(system);

    /// <inheritdoc/>
    public override int Identifier => inner.Identifier;

    /// <inheritdoc/>
    public override bool IncludeManifest => inner.IncludeManifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        IsOpen(obj.GetType()) ? inner.ToBinary(obj) : throw new WireException($"{obj.GetType()} is not on the list of what travels between nodes.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type) =>
        IsOpen(type) ? inner.FromBinary(bytes, type) : throw new WireException("A system message came that no node of ours sends.");

    private static bool IsOpen(Type? type) => type == typeof(Watch) || type == typeof(Unwatch) || type == typeof(DeathWatchNotification);
}
