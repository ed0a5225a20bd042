using System.Globalization;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Graphs;

/// <summary>Names of the instances of stages that stand in the shards of a world: <c>1</c>, or <c>1.agent-0</c> where a stage has several in each.</summary>
internal static class ShardNames
{
    /// <summary>What a stage is multiplied by that has one instance in each shard, as in <c>each: world.shards</c>.</summary>
    public const string Domain = "shards";

    /// <summary>The instances, shard by shard; the members themselves where there is one shard.</summary>
    public static Values<string> Of(Values<string> members, int shards) => shards == 1 ? members : (
        from shard in Enumerable.Range(0, shards)
        from member in members
        select Of(shard) + (member.Length == 0 ? "" : "." + member)).ToValues();

    /// <summary>The members, from the names of all instances.</summary>
    public static Values<string> Members(Values<string> instances, int shards) => shards == 1
        ? instances
        : instances.Take(instances.Count / shards).Select(name => name[Math.Min(name.Length, Of(0).Length + 1)..]).ToValues();

    private static string Of(int shard) => shard.ToString(CultureInfo.InvariantCulture);
}
