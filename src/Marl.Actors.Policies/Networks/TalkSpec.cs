using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Policies.Networks;

/// <summary>What agents say to each other.</summary>
public enum Speech
{
    /// <summary>One of a few words, drawn and reinforced like an action (RIAL); a listener hears every speaker's word in its own place.</summary>
    Words,

    /// <summary>Bits: in training real numbers, logistic(output + noise), in evaluation output &gt; 0 (the unit of DIAL); likewise in places.</summary>
    Bits,

    /// <summary>Real numbers between −1 and 1; a listener hears the mean of those that arrive (CommNet).</summary>
    Vectors,

    /// <summary>A signature and numbers, between −1 and 1; a listener weighs what arrives by how its query fits the signature (TarMAC).</summary>
    Attention,
}

/// <summary>
/// How the agents of a policy talk, as a value. Together with a <see cref="NetworkSpec"/>, whose hidden layers it stands behind, it
/// makes a <see cref="TalkNetwork"/>.
/// </summary>
/// <param name="Speech">What a message is.</param>
/// <param name="Width">Words, bits, or numbers (beside the signature).</param>
/// <param name="Key">Numbers of a signature; 0 without.</param>
/// <param name="Rounds">Messages a vector step, K: each may answer what was heard in the round before.</param>
/// <param name="HasGate">Whether to speak at all is a choice (IC3Net).</param>
/// <param name="IsAddressed">Whom to speak to is a choice.</param>
/// <param name="Speakers">Who may be heard, N: everybody on the channel, the listener itself (which stays silent) included.</param>
public sealed record TalkSpec(Speech Speech, int Width, int Key, int Rounds, bool HasGate, bool IsAddressed, int Speakers)
{
    /// <summary>What a message is to a channel.</summary>
    public Space Message => Space(Speech, Width, Key);

    /// <summary>Numbers of a message.</summary>
    public int MessageWidth => Message.Width;

    /// <summary>Outputs a message is made of.</summary>
    public int Outputs => Speech == Speech.Attention ? Key + Width : Width;

    /// <summary>Numbers that a listener makes of all it hears in a round.</summary>
    public int Context => Speech is Speech.Words or Speech.Bits ? Speakers * Width : Width;

    /// <summary>Numbers an agent must remember of each of its messages, for the learner to repeat it: a word, or the noise on its bits.</summary>
    public int Said => Remembered(Speech, Width);

    /// <summary>What a message is to a channel.</summary>
    public static Space Space(Speech speech, int width, int key) => speech switch
    {
        Speech.Words => new Discrete(width),
        Speech.Bits => new Box(width, 0, 1),
        Speech.Vectors => new Box(width, -1, 1),
        _ => new Box(key + width, -1, 1),
    };

    /// <summary>See <see cref="Said"/>.</summary>
    internal static int Remembered(Speech speech, int width) => speech switch { Speech.Words => 1, Speech.Bits => width, _ => 0 };

    /// <summary>The terms of a talk, in which only the number of speakers is still to be found.</summary>
    internal static Term[] ToTerms(Speech speech, int width, int key, int rounds, bool hasGate, bool isAddressed, Term speakers) =>
        [Term.Of(speech), Term.Of(width), Term.Of(key), Term.Of(rounds), Term.Of(hasGate), Term.Of(isAddressed), speakers];

    /// <summary>The reverse; null where they are something else.</summary>
    internal static TalkSpec? TryFromTerms(ReadOnlySpan<Term> terms) =>
        terms is
        [
            Constant { Value: Speech speech },
            Constant { Value: int width },
            Constant { Value: int key },
            Constant { Value: int rounds },
            Constant { Value: bool hasGate },
            Constant { Value: bool isAddressed },
            Constant { Value: int speakers },
        ]
            ? new(speech, width, key, rounds, hasGate, isAddressed, speakers)
            : null;
}

/// <summary>The maps of one round.</summary>
/// <param name="Speech">From what the agent thinks to the outputs its message is made of.</param>
/// <param name="Gate">To whether it speaks, two logits; null without.</param>
/// <param name="Address">To whom, a logit a listener; null without.</param>
/// <param name="Query">To the query that signatures are held against; null without.</param>
/// <param name="Update">From what it thinks and what it heard to what it thinks then.</param>
public sealed record TalkRound(LayerSpec Speech, LayerSpec? Gate, LayerSpec? Address, LayerSpec? Query, LayerSpec Update);

/// <summary>
/// The network of an agent that talks, all its maps in one flat vector: h⁰ = the hidden layers over what it sees; in round k it says
/// m = message(W_k hᵏ), hears c, and hᵏ⁺¹ = f(U_k [hᵏ, c]); its action comes from hᴷ.
/// </summary>
public sealed class TalkNetwork
{
    private readonly List<(string Name, LayerSpec Layer)> maps = [];

    /// <param name="network">The policy without its talk; it has a hidden layer and no memory.</param>
    /// <param name="talk">The talk.</param>
    public TalkNetwork(NetworkSpec network, TalkSpec talk)
    {
        (Network, Talk) = (network, talk);
        Hidden = network.Hidden[^1];
        Encoder = network.Hidden.Select((width, i) => Add($"layers.{i}", i == 0 ? network.Inputs : network.Hidden[i - 1], width)).ToValues();
        Rounds = Enumerable.Range(0, talk.Rounds).Select(k => new TalkRound(
            Add($"rounds.{k}.speech", Hidden, talk.Outputs),
            talk.HasGate ? Add($"rounds.{k}.gate", Hidden, 2) : null,
            talk.IsAddressed ? Add($"rounds.{k}.address", Hidden, talk.Speakers) : null,
            talk.Key > 0 ? Add($"rounds.{k}.query", Hidden, talk.Key) : null,
            Add($"rounds.{k}.update", Hidden + talk.Context, Hidden))).ToValues();
        Head = Add($"layers.{network.Hidden.Count}", Hidden, network.Outputs);
    }

    /// <summary>The policy without its talk.</summary>
    public NetworkSpec Network { get; }

    /// <summary>The talk.</summary>
    public TalkSpec Talk { get; }

    /// <summary>Width of h.</summary>
    public int Hidden { get; }

    /// <summary>The hidden layers.</summary>
    public Values<LayerSpec> Encoder { get; }

    /// <summary>The maps of each round.</summary>
    public Values<TalkRound> Rounds { get; }

    /// <summary>From hᴷ to the action's logits.</summary>
    public LayerSpec Head { get; }

    /// <summary>All maps in the order of the flat vector, with the names that files give them.</summary>
    public IReadOnlyList<(string Name, LayerSpec Layer)> Maps => maps;

    /// <summary>Length of the flat vector.</summary>
    public int Parameters => Head.End;

    private LayerSpec Add(string name, int inputs, int outputs)
    {
        var layer = new LayerSpec(inputs, outputs, maps.Count == 0 ? 0 : maps[^1].Layer.End);
        maps.Add((name, layer));
        return layer;
    }
}
