using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Graphs;

/// <summary>
/// Which instances of two stages communicate: within a shard where both stand in the shards of the world, each with its
/// namesake where both are multiplied by one domain, otherwise all with all. What evaluation hears of a stage in shards it
/// hears of the first. Where a stage speaks with itself through a port for peers, each instance speaks with all others.
/// </summary>
/// <param name="Source">The producing stage.</param>
/// <param name="Target">The consuming stage.</param>
/// <param name="IsAmongPeers">The instances of one stage, each with all but itself, whatever shards they stand in.</param>
internal readonly record struct Pairing(PlacedStage Source, PlacedStage Target, bool IsAmongPeers)
{
    private bool IsNamesake => Source.Each is not null && Target.Each is not null && Source.Members == Target.Members;

    /// <summary>They speak within a shard.</summary>
    private bool IsByShard => Source.Shards > 1 && Target.Shards > 1;

    /// <summary>Of the producing stage.</summary>
    private int Instances => Source.Shards * Source.Members.Count;

    private bool IsOfFirstShard => Source.Shards > 1 && Target.Purpose != Source.Purpose;

    /// <summary>Producers that each consumer hears.</summary>
    public int Producers => IsAmongPeers ? Instances - 1 : (IsNamesake ? 1 : Source.Members.Count) * (IsByShard || IsOfFirstShard ? 1 : Source.Shards);

    /// <summary>Consumers to which each producer may speak apart.</summary>
    public int Readers => IsAmongPeers ? Instances - 1 : IsByShard ? Target.Members.Count : Target.Shards * Target.Members.Count;

    /// <summary>All pairs, by producer. Only they are gone through: a thousand agents have a thousand namesakes, not a million.</summary>
    public IEnumerable<(int Producer, int Consumer)> Links()
    {
        var (sources, targets, isNamesake) = (Source.Members.Count, Target.Members.Count, IsNamesake);
        var producers = IsOfFirstShard && !IsAmongPeers && !IsByShard ? sources : sources * Source.Shards;
        for (var producer = 0; producer < producers; producer++)
        {
            var (shard, member) = Math.DivRem(producer, sources);
            var (first, end) = IsByShard && !IsAmongPeers ? (shard * targets, (shard + 1) * targets) : (0, targets * Target.Shards);
            var (begin, stride) = isNamesake && !IsAmongPeers ? (first + member, targets) : (first, 1);
            for (var consumer = begin; consumer < end; consumer += stride)
            {
                if (!IsAmongPeers || producer != consumer)
                {
                    yield return (producer, consumer);
                }
            }
        }
    }

    /// <summary>Position of a producer among those that a consumer hears.</summary>
    public int Lane(int producer, int consumer)
    {
        if (IsAmongPeers)
        {
            return Others(producer, consumer);
        }

        var (shard, member) = Math.DivRem(producer, Source.Members.Count);
        var place = IsByShard || IsOfFirstShard ? 0 : shard;
        return IsNamesake ? place : (place * Source.Members.Count) + member;
    }

    /// <summary>Position of a consumer among those to which a producer may speak apart.</summary>
    public int Reader(int producer, int consumer) => IsAmongPeers ? Others(consumer, producer) : IsByShard ? consumer % Target.Members.Count : consumer;

    /// <summary>Position of one among all but another.</summary>
    private static int Others(int one, int other) => one < other ? one : one - 1;
}

/// <summary>What there is to know of a stage's instances.</summary>
/// <param name="Each">The domain it is multiplied by; null without.</param>
/// <param name="Members">The members of the domain, or a single "".</param>
/// <param name="Shards">Shards of the world it stands in; 1 for a stage beside them.</param>
/// <param name="Purpose">Training or evaluation.</param>
internal readonly record struct PlacedStage(string? Each, Values<string> Members, int Shards, Purpose Purpose);
