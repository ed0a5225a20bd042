using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>An input of a component. Its position in <see cref="Component.Inputs"/> is the port index of the stage.</summary>
/// <param name="Name">The name in pipeline files.</param>
/// <param name="Kind">The message kind it takes.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Required">An open port is an error.</param>
/// <param name="AcceptsAbsent">The stage knows what to do with an absent token.</param>
/// <param name="Many">Several stages may feed it (a list of producers in the file).</param>
/// <param name="Domain">
/// The domain of its own stage whose members feed it, one each: producers multiplied by it, or by parts of it, are told apart by
/// name, whatever the order of the list.
/// </param>
/// <param name="AcceptsShards">
/// A stage beside the shards of a world may take this port's tokens from all of them; it is <see cref="ShardPlace"/> that tells
/// it how many. Other ports are fed within a shard only.
/// </param>
/// <param name="Only">
/// The part of an experiment in which it is heard; null for both. The file names its producer in any case, and types are judged,
/// but in the other part nothing is sent along the edge.
/// </param>
/// <param name="FromPeers">The stage's own other instances feed it, all of them, in whatever shards of the world they stand.</param>
public sealed record InputPort(
    string Name,
    string Kind,
    string Help,
    bool Required = true,
    bool AcceptsAbsent = false,
    bool Many = false,
    string? Domain = null,
    bool AcceptsShards = false,
    Purpose? Only = null,
    bool FromPeers = false);

/// <summary>To whom a token of an output port goes.</summary>
public enum Distribution
{
    /// <summary>The same token to every reading instance.</summary>
    Broadcast,

    /// <summary>A token of its own to each reading instance.</summary>
    PerInstance,
}

/// <summary>An output of a component. Its position in <see cref="Component.Outputs"/> is the port index of the stage.</summary>
/// <param name="Name">The name in pipeline files.</param>
/// <param name="Kind">The message kind it carries.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Layout">From the resolved type to the layout, for sizes; optional fields at their usual size.</param>
/// <param name="Distribution">Whether each reading instance gets its own token.</param>
/// <param name="Observed">The run itself reads it (metrics, scores): it need not be connected.</param>
/// <param name="Domain">
/// For per-instance outputs: the domain whose members are the readers, as in <c>each: world.agents</c>; domains that are a
/// stretch of it (<c>world.good</c>) do too.
/// </param>
public sealed record OutputPort(
    string Name,
    string Kind,
    string Help,
    Func<PortType, MessageLayout> Layout,
    Distribution Distribution = Distribution.Broadcast,
    bool Observed = false,
    string? Domain = null);
