using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Policies.Networks;

/// <summary>What a policy's outputs mean.</summary>
public enum PolicyHead
{
    /// <summary>Logits: p(a) ∝ exp(output a).</summary>
    Categorical,

    /// <summary>The value of each action: Q(o, a).</summary>
    ActionValue,
}

/// <summary>
/// A policy over a discrete action space: which agents share it, and the network from what they see to a number for each
/// action. As a term it travels along rollout and weights edges, so that learner and agents agree on it before anything runs.
/// </summary>
/// <param name="Group">Agents of one group share one set of weights: the stage's name when shared, else the agent's.</param>
/// <param name="Network">From the observation (and who the agent is) to the outputs.</param>
/// <param name="Observation">What it sees.</param>
/// <param name="Action">What it chooses from.</param>
/// <param name="Head">What the outputs mean.</param>
/// <param name="Identities">
/// The number of agents of the group where each is told which of them it is, as a one-hot vector behind its observation; 0 where not.
/// </param>
public sealed record PolicySpec(
    string Group, NetworkSpec Network, Box Observation, Discrete Action, PolicyHead Head = PolicyHead.Categorical, int Identities = 0)
{
    private const string Name = "policy";

    /// <summary>The term of a policy whose spaces are still to be found.</summary>
    public static Term ToTerm(
        string group, Values<int> hidden, Activation activation, Term observation, Term action, PolicyHead head = PolicyHead.Categorical, int identities = 0, int memory = 0) =>
        new Compound(Name, [Term.Of(group), Term.Of(hidden), Term.Of(activation), observation, action, Term.Of(head), Term.Of(identities), Term.Of(memory)]);

    /// <summary>The policy of a resolved term.</summary>
    /// <exception cref="InvalidOperationException">The term is not a resolved policy: a bug in a component's signature.</exception>
    public static PolicySpec FromTerm(Term term) =>
        term is Compound
        {
            Name: Name, Arguments:
            [
                Constant { Value: string group },
                Constant { Value: Values<int> hidden },
                Constant { Value: Activation activation },
                Constant { Value: Box observation },
                Constant { Value: Discrete action },
                Constant { Value: PolicyHead head },
                Constant { Value: int identities },
                Constant { Value: int memory },
            ]
        }
            ? new(group, new(observation.Width + identities, hidden, action.Count, activation, memory), observation, action, head, identities)
            : throw new InvalidOperationException($"{term} is not a resolved policy.");
}
