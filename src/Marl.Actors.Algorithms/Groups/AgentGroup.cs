using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Groups;

/// <summary>Agents that share a network.</summary>
/// <param name="Spec">What they share.</param>
/// <param name="Agents">Who they are.</param>
internal sealed record AgentGroup(PolicySpec Spec, GroupAgent[] Agents)
{
    /// <summary>What is expected of agents that share a policy.</summary>
    public const string Alike = "agents that share a policy to see and do alike ('sharePolicy: false' gives each its own, 'groups' one to those that are alike)";

    /// <summary>The groups of a batch's agents, in the order of their first members.</summary>
    public static AgentGroup[] Of(Values<BatchAgent> agents)
    {
        var members = new List<(PolicySpec Spec, GroupAgent Agent)>();
        var (observation, mask, action) = (0, 0, 0);
        foreach (var agent in agents)
        {
            members.Add((PolicySpec.FromTerm(agent.Policy), new(members.Count, observation, mask, agent.MaskWidth, action)));
            (observation, mask, action) = (observation + agent.Observation.Width, mask + agent.MaskWidth, action + agent.Action.Width);
        }

        return [.. members.GroupBy(m => m.Spec.Group).Select(g => g.All(m => m.Spec == g.First().Spec)
            ? new AgentGroup(g.First().Spec, [.. g.Select(m => m.Agent)])
            : throw new InvalidOperationException($"Agents of group '{g.Key}' differ; the signature should have said so."))];
    }

    /// <summary>Whether the agents of a resolved batch that share a policy see and do alike: for constraints of signatures.</summary>
    public static bool AreAlike(object agents)
    {
        var policies = new Dictionary<string, Term>();
        return agents is not Compound { Arguments: var members } || members.All(m => m is not Compound { Arguments: [_, _, _, var policy] } || IsAlike(policies, policy));
    }

    /// <summary>Whether a policy is the same as that of the agents before with whom it is shared.</summary>
    public static bool IsAlike(Dictionary<string, Term> policies, object term)
    {
        if (term is not Compound { Arguments: [Constant { Value: string group }, ..] } policy)
        {
            return true; // not a policy: its edge is faulty anyway
        }

        return policies.TryAdd(group, policy) || policies[group].Equals(policy);
    }

    /// <summary>Whether the policies of all agents of a resolved batch are of some kind: for constraints of signatures.</summary>
    public static bool All(object agents, Func<PolicySpec, bool> kind) =>
        agents is Compound { Arguments: var members }
        && members.All(m => m is Compound { Arguments: [_, _, _, var policy] } && (PolicySpec.TryFromTerm(policy) is not { } spec || kind(spec))); // of what is no policy its own edge tells
}

/// <summary>An agent of a group, and where its parts lie in a position of a batch.</summary>
/// <param name="Index">Which agent of all.</param>
/// <param name="Observation">Its first column of <see cref="BatchMessages.Observation"/>.</param>
/// <param name="Mask">Its first column of <see cref="BatchMessages.Mask"/>.</param>
/// <param name="MaskWidth">Columns of its mask; 0 without.</param>
/// <param name="Action">Its first column of <see cref="BatchMessages.Action"/>.</param>
internal sealed record GroupAgent(int Index, int Observation, int Mask, int MaskWidth, int Action);
