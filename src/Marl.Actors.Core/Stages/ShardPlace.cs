namespace Marl.Actors.Core.Stages;

/// <summary>
/// Where a stage stands towards the shards of the world: within one of them, hearing only that one, or beside them, hearing all.
/// A world without <c>shards:</c> is one shard, and everybody stands within it.
/// </summary>
/// <param name="Count">Shards of the world.</param>
/// <param name="Index">The one the stage stands within, from 0; null for a stage beside several.</param>
public readonly record struct ShardPlace(int Count, int? Index)
{
    /// <summary>The only shard there is.</summary>
    public static ShardPlace Only { get; } = new(1, 0);

    /// <summary>Shards whose tokens meet at the stage: where each of its members sends a token, so many come, shard by shard.</summary>
    public int Heard => Index is null ? Count : 1;
}
