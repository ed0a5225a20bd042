using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Languages;

/// <summary>All that was said over a channel in one evaluation pass, and what came of it.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Said">What is said on it.</param>
/// <param name="Passage">What it does to every message.</param>
/// <param name="Talkers">Who is on it, by seat.</param>
/// <param name="Tape">The channel's.</param>
/// <param name="SaidPort">Index of its input.</param>
/// <param name="Lengths">Steps of the first episode of each copy; what comes after it does not count.</param>
internal sealed record Conversation(
    string Channel, Utterance Said, Passage Passage, IReadOnlyDictionary<int, Talker> Talkers, Tape Tape, int SaidPort, int[] Lengths)
{
    /// <summary>Who tells whom: pairs of seats.</summary>
    public IEnumerable<(Talker Speaker, Talker Listener)> Pairs =>
        from speaker in Talkers.Values.OrderBy(t => t.Seat)
        from listener in Talkers.Values.OrderBy(t => t.Seat)
        where speaker.Seat != listener.Seat && speaker.Speaks && listener.Listens
        select (speaker, listener);

    /// <summary>
    /// The messages of a round that one agent says to another: a row for each that reached it; and where the channel keeps nothing,
    /// for each that was lost on its way, and for each silence of an agent that may choose to be silent: that is a message, too.
    /// In order of episodes, then of time.
    /// </summary>
    public IReadOnlyList<Telling> Tell(Talker speaker, Talker listener, int round)
    {
        var rows = new List<Telling>();
        var said = Tape.Taken(SaidPort, speaker.Seat);
        for (var copy = 0; copy < Lengths.Length; copy++)
        {
            var steps = Math.Min(Lengths[copy], listener.Actions.Count);
            for (var step = 0; step < steps; step++)
            {
                if (IsActive(listener, step, copy) && Find(said, speaker, listener, (step * Said.Rounds) + round, copy) is { } told)
                {
                    rows.Add(new(copy, told.Message.Stamp.Step, step, told.Message, told.IsHeard, told.Message[SpokenMessages.Speaks][copy] == 0));
                }
            }
        }

        return rows;
    }

    private (Message Message, bool IsHeard)? Find(IReadOnlyList<Message> said, Talker speaker, Talker listener, int at, int copy)
    {
        var heard = listener.Heard[at];
        var place = (copy * SpeakersOf(heard)) + speaker.Seat;
        if (heard[HeardMessages.Gain][place] > 0)
        {
            var age = Passage.KeepsMessages ? (int)heard[HeardMessages.Age][place] : 0;
            return (said[at - (age * Said.Rounds)], true);
        }

        if (Passage.KeepsMessages || said[at] is not { IsAbsent: false } missed)
        {
            return null;
        }

        var isMeant = missed[SpokenMessages.Speaks][copy] > 0
            ? !Said.IsAddressed || missed[SpokenMessages.Address][copy] == listener.Seat
            : speaker.Policy.Talk!.HasGate && IsActive(speaker, missed.Stamp.Step, copy);
        return isMeant ? (missed, false) : null;
    }

    /// <summary>A message as it goes on the wire: what fits into the bandwidth, rounded as the channel rounds it.</summary>
    public void Wire(Telling told, Span<float> target)
    {
        var width = Said.Speech.Width;
        told.Message[SpokenMessages.Content].Slice(told.Copy * width, width).CopyTo(target);
        if (Said.Speech is Box box)
        {
            Coordination.Channels.Quantisation.Carry(target, box, Passage.Numbers(Said), Passage.Levels);
        }
    }

    /// <summary>Speakers of a token that was heard.</summary>
    public static int SpeakersOf(Message heard) => heard.Layout.Fields[HeardMessages.Gain].Shape[1];

    private static bool IsActive(Talker talker, int step, int copy) =>
        !talker.Steps[step].Has(StepMessages.Active) || talker.Steps[step][StepMessages.Active][copy] != 0;
}

/// <summary>One message that one agent says to another.</summary>
/// <param name="Copy">The episode.</param>
/// <param name="SaidIn">The step it was said in.</param>
/// <param name="HeardIn">The step the listener hears it in, or would have.</param>
/// <param name="Message">The token it was said with.</param>
/// <param name="IsHeard">It arrived.</param>
/// <param name="IsSilence">The speaker chose to say nothing.</param>
internal readonly record struct Telling(int Copy, int SaidIn, int HeardIn, Message Message, bool IsHeard, bool IsSilence);
