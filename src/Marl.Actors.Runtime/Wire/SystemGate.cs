using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Lets through the system messages by which actors watch each other. Akka's untrusted mode stops no system message
/// (DefaultMessageDispatcher 1.5.74), and the others create, restart and end actors.
/// </summary>
internal sealed class SystemGate(ExtendedActorSystem system)
    : Gate(system, new SystemMessageSerializer(system), Types(typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification)));
