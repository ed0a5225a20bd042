using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// Everything PPO learns: the policies, one for each group of agents that share one, then the critics, in one flat vector. Here
/// the three algorithms part: without a state each policy gets a critic that sees what its agents see; with a joint state one
/// critic judges all agents in one pass (the team in one number, if it shares its reward); with a state per agent one critic
/// judges each agent by its view.
/// </summary>
internal sealed class PpoModel : IDisposable
{
    private const double PolicyGain = 0.01; // of the last layer: policies begin near uniform
    private const double CriticGain = 1;

    private readonly int[] places; // where each network lies in the vector, groups first

    /// <param name="options">The options.</param>
    /// <param name="context">The learner's.</param>
    /// <param name="lanes">The agents: lanes of the learner's rollouts. Those of each shard have a model of their own, which begins like the others.</param>
    /// <exception cref="StageException">The backend or the device is not to be had here.</exception>
    public PpoModel(PpoOptions options, StageContext context, int[] lanes)
    {
        RequiredBackend.Load(options.Backend, options.Device);
        var rollouts = lanes.Select(lane => context.Types.Inputs["rollouts"][lane]).ToValues();
        var steps = rollouts[0].Get<int>("length") * rollouts[0].Get<int>("copies");
        var shares = Shares(rollouts);
        var seats = context.Types.Peers("state") > 0 ? [CriticSeat.Central(options, context.Types.Input("state"), rollouts.Count)] : shares.Select(s => CriticSeat.Own(options, s.Policy.Network, s.Agents, s.Observations)).ToArray();
        NetworkSpec[] networks = [.. shares.Select(s => s.Policy.Network), .. seats.Select(s => s.Network)];
        places = [.. networks.Select((_, i) => networks.Take(i).Sum(n => n.Parameters))];

        Parameters = new(networks.Sum(n => n.Parameters));
        var values = Parameters.Change();
        for (var i = 0; i < networks.Length; i++)
        {
            var isPolicy = i < shares.Length;
            var key = isPolicy ? context.CommonKey.Derive("policy").Derive(shares[i].Policy.Group) : context.CommonKey.Derive("critic").Derive((ulong)(i - shares.Length));
            Initialisation.Orthogonal(networks[i], isPolicy ? PolicyGain : CriticGain, key).CopyTo(values[places[i]..]);
        }

        Target = options.HasTargetCritic ? new(Parameters.Length - places[shares.Length]) : null;
        FollowCritics(1);

        HasMemory = shares.Any(s => s.Policy.Network.Memory > 0);
        var minibatch = HasMemory
            ? rollouts[0].Get<int>("length") * Largest(rollouts[0].Get<int>("copies"), options.Minibatches)
            : Largest(steps, options.Minibatches);
        Groups = [.. shares.Select((s, i) => MakeGroup(options, s, places[i], steps, minibatch))];
        Critics = [.. seats.Select((s, i) => s.Make(options, Parameters, places[shares.Length + i], steps, minibatch, Target))];
        Tables = [.. shares.Select(s => (InputTable)s.Observations), .. seats.Select(s => s.Table).Except(shares.Select(s => s.Observations))];
    }

    /// <summary>All parameters.</summary>
    public FlatParameters Parameters { get; }

    /// <summary>Those of the target critics, in the order of the critics'; null without.</summary>
    public FlatParameters? Target { get; }

    /// <summary>Some policy has a memory, so that a minibatch must hold whole sequences.</summary>
    public bool HasMemory { get; }

    /// <summary>The policies.</summary>
    public PolicyGroup[] Groups { get; }

    /// <summary>The critics.</summary>
    public Critic[] Critics { get; }

    /// <summary>What all of them see.</summary>
    public InputTable[] Tables { get; }

    /// <summary>Parameters of a group's policy.</summary>
    public ReadOnlySpan<float> Policy(int group) => Parameters.Values.Slice(places[group], Groups[group].Spec.Network.Parameters);

    /// <summary>Moves the target critics, if there are any, towards the critics.</summary>
    public void FollowCritics(float rate) => Target?.Follow(Parameters.Values[^Target.Length..], rate);

    public void Dispose()
    {
        Array.ForEach(Groups, g => g.Dispose());
        Array.ForEach(Critics, c => c.Dispose());
    }

    /// <summary>The largest of several nearly equal parts.</summary>
    private static int Largest(int all, int parts) => (all + parts - 1) / parts;

    private static Share[] Shares(Values<PortType> rollouts)
    {
        var policies = rollouts.Select(r => PolicySpec.FromTerm(r["policy"])).ToArray();
        return [.. Enumerable.Range(0, policies.Length).GroupBy(i => policies[i].Group).Select(group =>
        {
            var agents = group.ToArray();
            var policy = policies[agents[0]];
            return agents.All(a => policies[a] == policy)
                ? new Share(policy, agents, rollouts[agents[0]].Get<bool>("mask"), new(agents, policy))
                : throw new InvalidOperationException($"Agents of group '{group.Key}' differ; the signature should have said so.");
        })];
    }

    private PolicyGroup MakeGroup(PpoOptions options, Share share, int place, int steps, int minibatch)
    {
        var blockSteps = share.Policy.Network.Memory > 0 ? minibatch : options.Backend.BlockSteps(share.Agents.Length, minibatch);
        var network = options.Backend.Network(share.Policy.Network, Parameters, place, blockSteps * share.Agents.Length, options.Device);
        return new(share.Policy, share.Agents, share.HasMask, steps, blockSteps, share.Observations, network);
    }

    /// <summary>Agents that share a policy.</summary>
    private sealed record Share(PolicySpec Policy, int[] Agents, bool HasMask, ObservationTable Observations);
}
