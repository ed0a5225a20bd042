using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Talking;

/// <summary>Options of <c>agent/communicating</c>.</summary>
/// <param name="Speech">What a message is.</param>
/// <param name="Width">Words, bits or numbers.</param>
/// <param name="Key">Numbers of a signature.</param>
/// <param name="Rounds">K.</param>
/// <param name="Gate">To speak is a choice.</param>
/// <param name="Address">Whom to speak to is a choice.</param>
/// <param name="Speakers">Who speaks.</param>
/// <param name="Listeners">Who listens.</param>
/// <param name="Place">Where they are.</param>
/// <param name="Noise">σ of bits.</param>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
public sealed record CommunicatingOptions(
    [Option("What a message is: a word, drawn and reinforced like an action (RIAL); bits, noisy in training and sharp in evaluation (DIAL); vectors, whose mean is heard (CommNet); or signature and numbers that attention weighs (TarMAC).")] Speech Speech = Speech.Vectors,
    [Option("Words to choose from, bits of a message, or numbers of one (beside the signature).", Minimum = 1, Maximum = 4096)] int Width = 8,
    [Option("Numbers of a signature, and of the query held against it; with attention only.", Minimum = 1, Maximum = 1024)] int Key = 16,
    [Option("Messages in one vector step, K: each may answer what was heard in the round before.", Minimum = 1, Maximum = 16)] int Rounds = 1,
    [Option("Whether to speak is a choice of its own in every round, learned like an action (IC3Net).")] bool Gate = false,
    [Option("Whom to speak to is a choice of its own in every round, learned like an action; for channel/targeted.")] bool Address = false,
    [Option("Agents that speak, by the beginnings of their names; all when empty. The others are silent.", Default = "")] Values<string> Speakers = default,
    [Option("Agents that listen, by the beginnings of their names; all when empty. The others hear nothing.", Default = "")] Values<string> Listeners = default,
    [Option("Numbers of the observation, from 0, that say where the agent is; for channel/environment.", Default = "", Minimum = 0, Maximum = 100_000)] Values<int> Place = default,
    [Option("Deviation of the noise on a bit before it is squashed, in training; with bits only.", Minimum = 0, Maximum = 100)] double Noise = 2,
    [Option("Widths of the hidden layers; the last is what the agent thinks with while it talks.", Default = "64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the layers, and behind each round.")] Activation Activation = Activation.Tanh,
    [OptionGroup] Sharing? Sharing = null,
    [AgentOption.Rollout] int Rollout = 16)
{
    /// <summary>Widths of the hidden layers; 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();

    /// <summary>Numbers of a signature as it is: none without attention.</summary>
    internal int Signature => Speech == Speech.Attention ? Key : 0;

    /// <summary>What the agents say.</summary>
    internal Utterance Utterance => new(
        TalkSpec.Space(Speech, Width, Signature), Rounds, Speech switch { Speech.Words => 0, Speech.Bits => 1, _ => 32 }, Address, Place.Count);

    /// <summary>Numbers to remember of each message of its own.</summary>
    internal int Said => TalkSpec.Remembered(Speech, Width);

    /// <summary>Whether an agent speaks.</summary>
    public bool Speaks(string agent) => Speakers.Count == 0 || Sharing.Names(Speakers, agent);

    /// <summary>Whether an agent listens.</summary>
    public bool Listens(string agent) => Listeners.Count == 0 || Sharing.Names(Listeners, agent);

    /// <summary>What can't stand together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Hidden.Count == 0)
        {
            yield return ("hidden", "An agent that talks thinks with its last hidden layer; give it one.");
        }

        if (Speech == Speech.Words && Width < 2)
        {
            yield return ("width", "One word says nothing; there must be two.");
        }
    }

    /// <summary>What is wrong with the names, for these agents.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts(Values<string> agents) => Sharing.Conflicts(agents)
        .Concat(Nobody("speakers", Speakers, agents)).Concat(Nobody("listeners", Listeners, agents));

    private static IEnumerable<(string Option, string Sentence)> Nobody(string option, Values<string> names, Values<string> agents) => names
        .Where(name => !agents.Any(agent => Sharing.Names([name], agent)))
        .Select(name => (option, $"No agent's name is '{name}' or begins with '{name}-'."));
}
