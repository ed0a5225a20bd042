using Marl.Actors.Core.Messages;
using Marl.Actors.Policies.Networks;
using Marl.Actors.Policies.Talking;

namespace Marl.Actors.Languages;

/// <summary>An agent on a channel, and all it saw, heard and did. Tokens of a step are found by t, of a round by t · K + k.</summary>
/// <param name="Name">Its name in the world.</param>
/// <param name="Seat">Its position among the channel's speakers, and as a listener.</param>
/// <param name="Options">The stage's options.</param>
/// <param name="Policy">What it acts with.</param>
/// <param name="Place">Which of those it is that share the policy.</param>
/// <param name="Tape">Its tape.</param>
internal sealed record Talker(string Name, int Seat, CommunicatingOptions Options, PolicySpec Policy, int Place, Tape Tape)
{
    /// <summary>What it was shown.</summary>
    public IReadOnlyList<Message> Steps => Tape.Taken(CommunicatingAgent.Steps);

    /// <summary>What the channel brought.</summary>
    public IReadOnlyList<Message> Heard => Tape.Taken(CommunicatingAgent.Heard);

    /// <summary>What it did.</summary>
    public IReadOnlyList<Message> Actions => Tape.Sent(CommunicatingAgent.Actions);

    /// <summary>The policy's parameters.</summary>
    public Message Weights => Tape.Taken(CommunicatingAgent.Weights)[^1];

    /// <summary>It ever says something.</summary>
    public bool Speaks => Options.Speaks(Name);

    /// <summary>It takes in what it hears.</summary>
    public bool Listens => Options.Listens(Name);

    /// <summary>The inputs that a tape must hold.</summary>
    public static IReadOnlyList<int> Ports { get; } = [CommunicatingAgent.Steps, CommunicatingAgent.Heard, CommunicatingAgent.Weights];
}
