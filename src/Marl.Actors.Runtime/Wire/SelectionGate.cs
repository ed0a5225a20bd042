using System.Collections.Frozen;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Lets through messages to actors that are named by a path. What is in them goes through the gates as well.</summary>
internal sealed class SelectionGate(ExtendedActorSystem system)
    : Gate(system, new MessageContainerSerializer(system), new Dictionary<string, Type?> { [""] = typeof(ActorSelectionMessage) }.ToFrozenDictionary());
