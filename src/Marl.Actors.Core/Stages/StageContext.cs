using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>What part of an experiment a stage belongs to.</summary>
public enum Purpose
{
    /// <summary>It gathers experience and learns.</summary>
    Training,

    /// <summary>It measures a pinned version of the policies.</summary>
    Evaluation,
}

/// <summary>The resolved types of all ports of one stage instance: per port, one for each peer.</summary>
public sealed record BoundTypes(
    IReadOnlyDictionary<string, Values<PortType>> Inputs, IReadOnlyDictionary<string, Values<PortType>> Outputs)
{
    /// <summary>The type of an input, of the given producer.</summary>
    public PortType Input(string port, int peer = 0) => Inputs[port][peer];

    /// <summary>The type of an output, towards the given reader.</summary>
    public PortType Output(string port, int peer = 0) => Outputs[port][Math.Min(peer, Outputs[port].Count - 1)];

    /// <summary>Producers on an input; 0 when it is open.</summary>
    public int Peers(string port) => Inputs.TryGetValue(port, out var types) ? types.Count : 0;
}

/// <summary>Everything a stage is made from, besides its options.</summary>
public sealed record StageContext
{
    private readonly RandomKey? commonKey;

    /// <summary>The stage's name in the file; <c>evaluation/team</c> for the evaluating twin of <c>team</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Which instance, from 0; of its shard, where the stage stands within one.</summary>
    public int Instance { get; init; }

    /// <summary>Names of all instances (of its shard, where the stage stands within one): the members of the domain they stand for; "" for a single instance.</summary>
    public Values<string> Names { get; init; } = [""];

    /// <summary>This instance's name.</summary>
    public string InstanceName => Names[Instance];

    /// <summary>How many instances the stage has; in its shard, where it stands within one.</summary>
    public int Instances => Names.Count;

    /// <summary>Where it stands towards the shards of the world.</summary>
    public ShardPlace Shard { get; init; } = ShardPlace.Only;

    /// <summary>For a stage beside several shards: by input, which shard each of its producers stands in (the first, if it stands beside them too).</summary>
    public IReadOnlyDictionary<string, Values<int>> LaneShards { get; init; } = new Dictionary<string, Values<int>>();

    /// <summary>Worlds stepped together by a world stage.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>The key of (seed, stage, instance, shard); derive from it by stamp.</summary>
    public required RandomKey Key { get; init; }

    /// <summary>
    /// The key of (seed, stage, instance), the same in all shards, and that of the only shard: for what they have in common
    /// (first weights), or what is numbered over all of them (copies).
    /// </summary>
    public RandomKey CommonKey
    {
        get => commonKey ?? Key;
        init => commonKey = value;
    }

    /// <summary>Training or evaluation.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>Vector steps in one iteration of the graph.</summary>
    public int Iteration { get; init; } = 1;

    /// <summary>Vector steps after which the experiment ends.</summary>
    public long VectorSteps { get; init; } = long.MaxValue;

    /// <summary>Passes after which an evaluating world ends; it ends with its agents where they learn.</summary>
    public long Passes { get; init; } = long.MaxValue;

    /// <summary>Evaluation takes the likeliest action instead of sampling.</summary>
    public bool Greedy { get; init; }

    /// <summary>The resolved types of the ports.</summary>
    public required BoundTypes Types { get; init; }

    /// <summary>Whole iterations of the experiment: the number of updates a learner will do.</summary>
    public long TotalUpdates => VectorSteps == long.MaxValue ? long.MaxValue : VectorSteps / Iteration;
}
