using Akka.Actor;
using Akka.Remote.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Lets through what a cluster needs of Akka's own miscellany: asking who is there, and remote heartbeats. The rest of it
/// would make exceptions, routers and settings of another node's words.
/// </summary>
internal sealed class PresenceGate(ExtendedActorSystem system) : Gate(system, new MiscMessageSerializer(system), Words("ID", "AID", "RWHB", "RWHR"));
