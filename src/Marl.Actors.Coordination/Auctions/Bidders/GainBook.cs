using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>What a policy that bids is shown: the values the bidder sees, and what its last bids gained, worth minus price.</summary>
internal sealed class GainBook
{
    private readonly MessagePool shown;
    private readonly MessagePool shownEnded;
    private readonly float[] paid; // [copies]: in the step that led here

    /// <param name="copies">Auctions side by side.</param>
    /// <param name="lots">What is seen: a value for each.</param>
    /// <param name="levels">What may be chosen.</param>
    public GainBook(int copies, Space lots, int levels)
    {
        var agent = new AgentSpec("", lots, new Discrete(levels));
        shown = new(StepMessages.Layout(copies, agent, fixedRoster: true, anyEnded: false));
        shownEnded = new(StepMessages.Layout(copies, agent, fixedRoster: true, anyEnded: true));
        paid = new float[copies];
    }

    /// <summary>Remembers what was paid.</summary>
    public void Pay(Message award) => award[AwardMessages.Paid].CopyTo(paid);

    /// <summary>A step as the policy sees it.</summary>
    /// <param name="step">As the bidder sees it.</param>
    /// <param name="isFirst">Nothing led here: of a run, or of an evaluation pass.</param>
    public Message Show(Message step, bool isFirst)
    {
        var hasFinals = step.Has(StepMessages.FinalObservation);
        var message = (hasFinals ? shownEnded : shown).Rent(step.Stamp);
        step[StepMessages.Observation].CopyTo(message.Write(StepMessages.Observation));
        step[StepMessages.Terminated].CopyTo(message.Write(StepMessages.Terminated));
        step[StepMessages.Truncated].CopyTo(message.Write(StepMessages.Truncated));
        if (hasFinals)
        {
            step[StepMessages.FinalObservation].CopyTo(message.Write(StepMessages.FinalObservation));
        }

        var worth = step[StepMessages.Reward];
        var gain = message.Write(StepMessages.Reward);
        for (var copy = 0; copy < paid.Length; copy++)
        {
            gain[copy] = isFirst ? 0 : worth[copy] - paid[copy];
        }

        return message;
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put<float>("bidder.paid", paid);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto<float>("bidder.paid", paid);
}
