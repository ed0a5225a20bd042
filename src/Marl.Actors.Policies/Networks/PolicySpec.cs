using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Policies.Networks;

/// <summary>
/// A categorical policy over a discrete action space: which agents share it, and the network from observation to logits.
/// As a term it travels along rollout and weights edges, so that learner and agents agree on it before anything runs.
/// </summary>
/// <param name="Group">Agents of one group share one set of weights: the stage's name when shared, else the agent's.</param>
/// <param name="Network">From observation to logits.</param>
/// <param name="Observation">What it sees.</param>
/// <param name="Action">What it chooses from.</param>
public sealed record PolicySpec(string Group, NetworkSpec Network, Box Observation, Discrete Action)
{
    private const string Name = "policy";

    /// <summary>The term of a policy whose spaces are still to be found.</summary>
    public static Term ToTerm(string group, Values<int> hidden, Activation activation, Term observation, Term action) =>
        new Compound(Name, [Term.Of(group), Term.Of(hidden), Term.Of(activation), observation, action]);

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
            ]
        }
            ? new(group, new(observation.Width, hidden, action.Count, activation), observation, action)
            : throw new InvalidOperationException($"{term} is not a resolved policy.");
}
