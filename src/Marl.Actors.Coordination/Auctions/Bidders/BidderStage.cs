using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>The stage of <see cref="BidderAgent"/>.</summary>
internal sealed class BidderStage : IStage
{
    private const string Misfit = "MARL4381";

    private static readonly Needs OneStep = new(1, 0, 0);
    private static readonly Needs OneAward = new(0, 1, 0);
    private static readonly Needs OneChoice = new(0, 0, 1);

    private readonly BidderOptions options;
    private readonly StageContext context;
    private readonly MessagePool bids;
    private readonly MessagePool actions;
    private readonly int copies;
    private readonly int lots;
    private readonly int rounds;
    private readonly float[] values; // [copies, lots], of the step under way
    private readonly float[] begins; // [copies]
    private readonly float[] shares; // [copies]: of the values, to be offered
    private readonly GainBook? book; // where a policy chooses them
    private int awaited;             // rounds without an answer yet; 0 between steps
    private bool hasBegun;
    private bool asks;               // the policy; it has been shown a step and has not chosen
    private Stamp asked;             // at which

    public BidderStage(BidderOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var type = context.Types.Output("bids");
        (copies, lots, rounds) = (type.Get<int>("copies"), type.Get<Space>("lots").Width, type.Get<int>("rounds"));
        var action = context.Types.Output("actions").Get<Space>("action");
        if (action is not Discrete { Count: var count } || count != lots + 1)
        {
            throw new StageException(
                Misfit, $"'{context.InstanceName}' sees {lots} values and has {action}: not an action for nothing and one for each lot.", "Let it act in a world such as environment/task-allocation.");
        }

        bids = new(BidMessages.Layout(type));
        actions = new(ActionMessages.Layout(copies, action));
        (values, begins, shares) = (new float[copies * lots], new float[copies], new float[copies]);
        Array.Fill(shares, (float)options.Share);
        book = options.Bidding == Bidding.Learned ? new(copies, type.Get<Space>("lots"), options.Levels) : null;
    }

    public Needs Needs => asks ? OneChoice : awaited == 0 ? OneStep : OneAward;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (asks)
        {
            Choose(firing[BidderAgent.Choices]);
            outputs.Send(BidderPorts.Bids, Bid(asked, null));
            return;
        }

        if (awaited == 0)
        {
            var step = firing[BidderPorts.Steps];
            step[StepMessages.Observation].CopyTo(values);
            BidderPorts.Begin(step, !hasBegun, begins);
            var isFirst = !hasBegun || (context.Purpose == Purpose.Evaluation && step.Stamp.Step == 0);
            (hasBegun, awaited) = (true, rounds);
            if (book is null)
            {
                outputs.Send(BidderPorts.Bids, Bid(step.Stamp, null));
                return;
            }

            (asks, asked) = (true, step.Stamp);
            outputs.Send(BidderAgent.Shown, book.Show(step, isFirst));
            return;
        }

        var award = firing[BidderPorts.Awards];
        awaited--;
        if (awaited > 0)
        {
            outputs.Send(BidderPorts.Bids, Bid(award.Stamp with { Round = award.Stamp.Round + 1 }, award));
        }
        else
        {
            book?.Pay(award);
            outputs.Send(BidderPorts.Actions, Act(award));
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("bidder.values", values);
        snapshot.Put<float>("bidder.begins", begins);
        snapshot.Put<int>("bidder.awaited", [awaited, hasBegun ? 1 : 0, asks ? 1 : 0, asked.Update, asked.Step, asked.Round]);
        snapshot.Put<float>("bidder.shares", shares);
        book?.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("bidder.values", values);
        snapshot.GetInto<float>("bidder.begins", begins);
        Span<int> state = stackalloc int[6];
        snapshot.GetInto("bidder.awaited", state);
        (awaited, hasBegun, asks, asked) = (state[0], state[1] == 1, state[2] == 1, new(state[3], state[4], state[5]));
        snapshot.GetInto<float>("bidder.shares", shares);
        book?.Load(snapshot);
    }

    public void Dispose()
    {
    }

    private void Choose(Message choices)
    {
        asks = false;
        var levels = choices[ActionMessages.Action];
        for (var copy = 0; copy < copies; copy++)
        {
            shares[copy] = (float)(options.Share * levels[copy] / (options.Levels - 1));
        }
    }

    private Message Bid(Stamp stamp, Message? award)
    {
        var message = bids.Rent(stamp);
        var price = message.Write(BidMessages.Price);
        var quantity = message.Write(BidMessages.Quantity);
        var accepts = message.Write(BidMessages.Accepts);
        price.Clear();
        quantity.Clear();
        accepts.Clear();
        begins.CopyTo(message.Write(BidMessages.Begins));
        var random = context.Key.Derive(stamp).Stream();
        for (var copy = 0; copy < copies; copy++)
        {
            var row = copy * lots;
            if (award is not null && (Best(award[AwardMessages.Won], row) >= 0 || Accept(award, row, accepts)))
            {
                continue;
            }

            for (var lot = row; lot < row + lots; lot++)
            {
                var isOpen = award is null || award[AwardMessages.Open][lot] == 1;
                var bid = values[lot] * (options.Bidding == Bidding.ZeroIntelligence ? random.NextDouble() : 1) * (book is null ? options.Share : shares[copy]);
                (price[lot], quantity[lot]) = isOpen && bid > 0 ? ((float)bid, 1) : (0, 0);
            }
        }

        return message;
    }

    // Of what it is offered it takes the one it values most.
    private bool Accept(Message award, int row, Span<float> accepts)
    {
        var chosen = accepts.Length == 0 ? -1 : Best(award[AwardMessages.Offered], row);
        if (chosen >= 0)
        {
            accepts[row + chosen] = 1;
        }

        return chosen >= 0;
    }

    private Message Act(Message award)
    {
        var message = actions.Rent(award.Stamp with { Round = 0 });
        var chosen = message.Write(ActionMessages.Action);
        for (var copy = 0; copy < copies; copy++)
        {
            chosen[copy] = Best(award[AwardMessages.Won], copy * lots) + 1;
        }

        return message;
    }

    /// <summary>The most valued of the marked lots, or −1.</summary>
    private int Best(ReadOnlySpan<float> marked, int row)
    {
        var best = -1;
        for (var lot = 0; lot < lots; lot++)
        {
            best = marked[row + lot] == 1 && (best < 0 || values[row + lot] > values[row + best]) ? lot : best;
        }

        return best;
    }
}
