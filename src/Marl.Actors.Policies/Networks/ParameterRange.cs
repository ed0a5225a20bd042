using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Policies.Networks;

/// <summary>
/// A part of what a learner learns, as a parameter server owns it or learners exchange it: policies of all groups, then a critic
/// for each, in one vector, cut into nearly equal ranges. As a term it travels along gradients and parameters, so that both ends agree on it beforehand.
/// </summary>
/// <param name="Total">Parameters in all.</param>
/// <param name="Part">Which range, from 0.</param>
/// <param name="Parts">How many there are.</param>
public sealed record ParameterRange(int Total, int Part, int Parts)
{
    private const string Name = "range";

    /// <summary>First parameter.</summary>
    public int Start => (int)((long)Total * Part / Parts);

    /// <summary>Parameters in the range.</summary>
    public int Length => (int)((long)Total * (Part + 1) / Parts) - Start;

    /// <summary>The term, of policies that are still to be found.</summary>
    public static Term ToTerm(IEnumerable<Term> policies, Values<int> hidden, Activation activation, int part, int parts) => new Compound(
        Name, [new Compound("policies", policies.ToValues()), Term.Of(hidden), Term.Of(activation), Term.Of(part), Term.Of(parts)]);

    /// <summary>The range of a resolved term.</summary>
    /// <exception cref="InvalidOperationException">The term is not resolved: a bug in a component's signature.</exception>
    public static ParameterRange FromTerm(Term term) =>
        term is Compound
        {
            Name: Name, Arguments:
            [
                Compound policies,
                Constant { Value: Values<int> hidden },
                Constant { Value: Activation activation },
                Constant { Value: int part },
                Constant { Value: int parts },
            ]
        }
            ? new(policies.Arguments.Select(PolicySpec.FromTerm).DistinctBy(p => p.Group).Sum(p => p.Network.Parameters + Critic(p, hidden, activation).Parameters), part, parts)
            : throw new InvalidOperationException($"{term} is not a range of parameters.");

    /// <summary>Floats in a block that is said to be a range of parameters, or just so long.</summary>
    public static int LengthOf(Term term) => term is Constant { Value: int length } ? length : FromTerm(term).Length;

    private static NetworkSpec Critic(PolicySpec policy, Values<int> hidden, Activation activation) => new(policy.Observation.Width, hidden, 1, activation);
}
