using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Groups;

/// <summary>Which lanes of an input belong to which shard of the world, for a stage beside all of them or within one.</summary>
internal static class ShardLanes
{
    /// <summary>By shard, its lanes in order: agents of the same name have the same place in each.</summary>
    public static int[][] Of(StageContext context, string port)
    {
        var lanes = Enumerable.Range(0, context.Types.Peers(port));
        return context.Shard.Heard > 1 && context.LaneShards.TryGetValue(port, out Values<int> shards)
            ? [.. lanes.GroupBy(lane => shards[lane]).OrderBy(shard => shard.Key).Select(shard => shard.ToArray())]
            : [[.. lanes]];
    }
}
