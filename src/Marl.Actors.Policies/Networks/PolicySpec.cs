using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Networks;

/// <summary>What a policy's outputs mean.</summary>
public enum PolicyHead
{
    /// <summary>Logits: p(a) ∝ exp(output a).</summary>
    Categorical,

    /// <summary>The value of each action: Q(o, a).</summary>
    ActionValue,

    /// <summary>
    /// The action itself: tanh of the output, stretched to the bounds of a bounded box. Over a discrete space there is no such thing;
    /// the policy is then <see cref="Categorical"/>.
    /// </summary>
    Deterministic,

    /// <summary>Means, then logarithms of deviations, of a normal distribution whose tanh is stretched to the bounds of a bounded box.</summary>
    SquashedGaussian,
}

/// <summary>
/// A policy: which agents share it, and the network from what they see to the numbers that say what to do. As a term it travels along rollout and weights edges, so that learner and agents agree on it before anything runs.
/// </summary>
/// <param name="Group">Agents of one group share one set of weights: the stage's name when all share it, else the group's or the agent's behind it.</param>
/// <param name="Network">From the observation (and who the agent is) to the outputs.</param>
/// <param name="Observation">What it sees.</param>
/// <param name="Action">What it chooses from: a discrete space, or a bounded box.</param>
/// <param name="Head">What the outputs mean.</param>
/// <param name="Identities">
/// The number of agents of the group where each is told which of them it is, as a one-hot vector behind its observation; 0 where not.
/// </param>
/// <param name="Talk">How its agents talk to each other between seeing and doing; null where they don't.</param>
public sealed record PolicySpec(
    string Group, NetworkSpec Network, Box Observation, Space Action, PolicyHead Head = PolicyHead.Categorical, int Identities = 0, TalkSpec? Talk = null)
{
    private const string Name = "policy";
    private const int Plain = 8; // arguments of the term of a policy that does not talk

    /// <summary>The network with its talk; null where there is none.</summary>
    public TalkNetwork? Talking { get; } = Talk is null ? null : new(Network, Talk);

    /// <summary>All affine maps in the order of the flat vector, with the names that files give them.</summary>
    public IEnumerable<(string Name, LayerSpec Layer)> Maps => Talking?.Maps ?? Network.Maps;

    /// <summary>Length of the flat vector.</summary>
    public int Parameters => Talking?.Parameters ?? Network.Parameters;

    /// <summary>Equal in everything it is made of.</summary>
    public bool Equals(PolicySpec? other) => other is not null && Group == other.Group && Network == other.Network && Observation == other.Observation
        && Action == other.Action && Head == other.Head && Identities == other.Identities && Talk == other.Talk;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Group, Network, Action, Head);

    /// <summary>The number of actions of a policy over a discrete space.</summary>
    /// <exception cref="InvalidOperationException">Its actions are vectors: a bug in a component's signature.</exception>
    public int Choices => Action is Discrete discrete ? discrete.Count : throw new InvalidOperationException($"Policy '{Group}' acts in {Action}, which can't be counted.");

    /// <summary>Outputs of a network for a head over a space; 0 where the two don't go together.</summary>
    public static int Outputs(PolicyHead head, Space action) => (head, action) switch
    {
        (PolicyHead.Categorical or PolicyHead.ActionValue, Discrete discrete) => discrete.Count,
        (PolicyHead.Deterministic, Box box) when Squash.Fits(box) => box.Length,
        (PolicyHead.SquashedGaussian, Box box) when Squash.Fits(box) => 2 * box.Length,
        _ => 0,
    };

    /// <summary>The layout of the weights that a resolved port type carries: the parameters of its policy.</summary>
    public static MessageLayout Weights(PortType type) => WeightsMessages.Layout(FromTerm(type["policy"]).Parameters);

    /// <summary>The term of a policy whose spaces are still to be found.</summary>
    public static Term ToTerm(
        string group, Values<int> hidden, Activation activation, Term observation, Term action, PolicyHead head = PolicyHead.Categorical, int identities = 0, int memory = 0) =>
        new Compound(Name, [Term.Of(group), Term.Of(hidden), Term.Of(activation), observation, action, Term.Of(head), Term.Of(identities), Term.Of(memory)]);

    /// <summary>The term of a policy that talks; its outputs are those of a categorical distribution.</summary>
    internal static Term ToTerm(
        string group, Values<int> hidden, Activation activation, Term observation, Term action, int identities, params Term[] talk) =>
        ToTerm(group, hidden, activation, observation, action, identities: identities) is Compound plain
            ? plain with { Arguments = [.. plain.Arguments, .. talk] }
            : throw new InvalidOperationException("A policy's term is a compound.");

    /// <summary>Whether the outputs of a policy mean that, and mean it without talk; of what is no policy nothing is said, since its edge is faulty anyway.</summary>
    public static bool HasHead(object term, PolicyHead head) =>
        term is not Compound { Name: Name, Arguments: [_, _, _, _, _, Constant { Value: PolicyHead found }, ..] } policy || (found == head && policy.Arguments.Count == Plain);

    /// <summary>How a policy talks; null where it does not, or is no policy.</summary>
    public static TalkSpec? TalkOf(object term) => term is Compound { Name: Name, Arguments.Count: > Plain } policy ? TalkSpec.TryFromTerms(policy.Arguments.AsSpan()[Plain..]) : null;

    /// <summary>The policy of a resolved term.</summary>
    /// <exception cref="InvalidOperationException">The term is not a resolved policy, or its head doesn't go with its actions: a bug in a component's signature.</exception>
    public static PolicySpec FromTerm(Term term) => TryFromTerm(term) ?? throw new InvalidOperationException($"{term} is not a policy whose head goes with its actions; the signature should have said so.");

    /// <summary>The policy of a term; null where it is none, or not resolved, or where its head doesn't go with its actions.</summary>
    public static PolicySpec? TryFromTerm(Term term) =>
        term is Compound { Name: Name } compound
        && compound.Arguments.AsSpan() is
        [
            Constant { Value: string group },
            Constant { Value: Values<int> hidden },
            Constant { Value: Activation activation },
            Constant { Value: Box observation },
            Constant { Value: Space action },
            Constant { Value: PolicyHead head },
            Constant { Value: int identities },
            Constant { Value: int memory },
            .. var talk,
        ]
        && (talk.IsEmpty || TalkSpec.TryFromTerms(talk) is not null)
            ? Of(group, hidden, activation, observation, action, head is PolicyHead.Deterministic && action is Discrete ? PolicyHead.Categorical : head, identities, memory, TalkSpec.TryFromTerms(talk))
            : null;

    private static PolicySpec? Of(
        string group, Values<int> hidden, Activation activation, Box observation, Space action, PolicyHead head, int identities, int memory, TalkSpec? talk) =>
        Outputs(head, action) is > 0 and var outputs
            ? new(group, new(observation.Width + identities, hidden, outputs, activation, memory), observation, action, head, identities, talk)
            : null;
}
