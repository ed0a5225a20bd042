using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Stands before one of Akka's serializers and lets through what nodes of ours say with it. Akka itself would look up whatever
/// type a manifest names before it asks a serializer of the older kind, and read messages within messages until the stack is
/// used up; so a gate is of the newer kind, whose manifests are only words, and counts how deep it is.
/// </summary>
/// <param name="system">Whose.</param>
/// <param name="inner">Reads and writes what passes.</param>
/// <param name="open">Manifests that pass; those of a serializer of the older kind are names of its types.</param>
internal abstract class Gate(ExtendedActorSystem system, Serializer inner, FrozenDictionary<string, Type?> open) : SerializerWithStringManifest(system)
{
    private const int MostDeep = 3; // a question (2) in what an actor is selected by (1)

    [ThreadStatic]
    private static int depth;

    /// <inheritdoc/>
    public sealed override int Identifier => inner.Identifier;

    /// <inheritdoc/>
    public sealed override string Manifest(object o) => inner is SerializerWithStringManifest words ? words.Manifest(o) : open.FirstOrDefault(entry => entry.Value == o.GetType()).Key ?? "?";

    /// <inheritdoc/>
    public sealed override byte[] ToBinary(object obj) =>
        open.ContainsKey(Manifest(obj)) ? inner.ToBinary(obj) : throw new WireException($"{obj.GetType()} is not on the list of what travels between nodes.");

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, string manifest)
    {
        if (!open.TryGetValue(manifest ?? "", out var type))
        {
            throw new WireException("A message of Akka's own came that no node of ours sends.");
        }

        if (depth >= MostDeep)
        {
            throw new WireException($"A message came within more than {MostDeep} others.");
        }

        depth++;
        try
        {
            return inner is SerializerWithStringManifest words ? words.FromBinary(bytes, manifest) : inner.FromBinary(bytes, type);
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>Manifests of a serializer of the newer kind.</summary>
    protected static FrozenDictionary<string, Type?> Words(params IEnumerable<string> manifests) => manifests.ToFrozenDictionary(word => word, _ => (Type?)null);

    /// <summary>Manifests of a serializer of the older kind.</summary>
    protected static FrozenDictionary<string, Type?> Types(params IEnumerable<Type> types) =>
        types.ToFrozenDictionary(type => $"{type.FullName}, {type.Assembly.GetName().Name}", type => (Type?)type);
}
