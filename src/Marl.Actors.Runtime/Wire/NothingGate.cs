using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Lets the empty value through, which stands for no number of a question; no type is looked up for it.</summary>
internal sealed class NothingGate(ExtendedActorSystem system)
    : Gate(system, new NullSerializer(system), new Dictionary<string, Type?> { [""] = null }.ToFrozenDictionary());
