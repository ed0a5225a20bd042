using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>A policy that several agents may share, and its population over all shards.</summary>
internal sealed class EsGroup
{
    private readonly CentredRanks ranks;
    private readonly float[] worth;       // by member
    private readonly float[] differences; // by pair
    private readonly MessagePool pool;
    private readonly string name;

    /// <summary>A policy.</summary>
    /// <param name="policy">What is shared.</param>
    /// <param name="lanes">Who shares it.</param>
    /// <param name="members">Of the whole population.</param>
    /// <param name="key">Of the learner.</param>
    public EsGroup(PolicySpec policy, int[] lanes, int members, RandomKey key)
    {
        (Policy, Lanes) = (policy, lanes);
        Key = key.Derive(policy.Group);
        Search = new(policy.Network);
        Returns = new double[members];
        ranks = new(members);
        worth = new float[members];
        differences = new float[members / 2];
        pool = new(GenerationMessages.Layout(members));
        name = "search." + policy.Group;
    }

    /// <summary>What is shared.</summary>
    public PolicySpec Policy { get; }

    /// <summary>Who shares it: lanes of the learner's input.</summary>
    public int[] Lanes { get; }

    /// <summary>First parameters and noise derive from it.</summary>
    public RandomKey Key { get; }

    /// <summary>The parameters.</summary>
    public EvolutionSearch Search { get; }

    /// <summary>What members got, by number.</summary>
    public double[] Returns { get; }

    /// <summary>Members without a whole episode, over all agents.</summary>
    public int Unfinished { get; set; }

    /// <summary>Ranks the members and takes the step.</summary>
    public void Advance(EvolutionStep step)
    {
        ranks.Of(Returns, worth);
        for (var pair = 0; pair < differences.Length; pair++)
        {
            differences[pair] = worth[2 * pair] - worth[(2 * pair) + 1];
        }

        Search.Advance(step, differences);
    }

    /// <summary>Tells the agents of the step that was taken; before the first, what to begin with.</summary>
    public void Send(EvolutionStep step, IOutputs outputs)
    {
        var message = pool.Rent(new(Search.Version));
        EvolutionKey.Write(Key, message.Write(GenerationMessages.Key));
        step.Write(message.Write(GenerationMessages.Step));
        differences.CopyTo(message.Write(GenerationMessages.Worth));
        foreach (var lane in Lanes)
        {
            outputs.Send(EsComponent.Generations, lane, message.Retain());
        }

        message.Release();
    }

    public void Save(StageSnapshot snapshot) => Search.Save(snapshot, name);

    public void Load(StageSnapshot snapshot) => Search.Load(snapshot, name);
}
