using Marl.Actors.Coordination.Auctions.Traders;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>The stage of <see cref="TraderAgent"/>: shouts where it is its turn, deals, and listens.</summary>
internal sealed class TraderStage : IStage
{
    private static readonly Needs OneStep = new(1, 0);
    private static readonly Needs OneAward = new(0, 1);

    private readonly StageContext context;
    private readonly ITrader trader;
    private readonly MessagePool bids;
    private readonly MessagePool actions;
    private readonly int copies;
    private Message? step; // whose bids are out
    private bool hasBegun;

    public TraderStage(TraderOptions options, StageContext context)
    {
        this.context = context;
        var type = context.Types.Output("bids");
        copies = type.Get<int>("copies");
        bids = new(BidMessages.Layout(type));
        actions = new(ActionMessages.Layout(context.Types.Output("actions")));
        trader = TraderAgent.Make(options, copies, context.Key.Derive("nature"));
    }

    public Needs Needs => step is null ? OneStep : OneAward;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (step is null)
        {
            step = firing[BidderPorts.Steps].Retain();
            outputs.Send(BidderPorts.Bids, Shout(step));
            hasBegun = true;
            return;
        }

        var award = firing[BidderPorts.Awards];
        outputs.Send(BidderPorts.Actions, Deal(award));
        Listen(award);
        step.Release();
        step = null;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("trader.state", [step is null ? 0 : 1, hasBegun ? 1 : 0]);
        if (step is not null)
        {
            snapshot.PutMessage("trader.step", step);
        }

        trader.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        Span<int> state = stackalloc int[2];
        snapshot.GetInto<int>("trader.state", state);
        (step, hasBegun) = (state[0] == 1 ? snapshot.GetMessage("trader.step") : null, state[1] == 1);
        trader.Load(snapshot);
    }

    public void Dispose()
    {
        step?.Release();
        step = null;
    }

    private Message Shout(Message seen)
    {
        var message = bids.Rent(seen.Stamp);
        var price = message.Write(BidMessages.Price);
        var quantity = message.Write(BidMessages.Quantity);
        BidderPorts.Begin(seen, !hasBegun, message.Write(BidMessages.Begins));
        var random = context.Key.Derive(seen.Stamp).Stream();
        for (var copy = 0; copy < copies; copy++)
        {
            var view = MarketViews.Read(seen[StepMessages.Observation], copy);
            (price[copy], quantity[copy]) = view.MayShout
                ? ((float)trader.Price(copy, view.IsBuyer, view.Limit, ref random), view.IsBuyer ? 1 : -1)
                : (0, 0);
        }

        return message;
    }

    private Message Deal(Message award)
    {
        var message = actions.Rent(award.Stamp);
        var action = message.Write(ActionMessages.Action);
        for (var copy = 0; copy < copies; copy++)
        {
            var units = award[AwardMessages.Won][copy];
            MarketViews.Write(action, copy, units, units == 0 ? 0 : award[AwardMessages.Paid][copy] / units);
        }

        return message;
    }

    private void Listen(Message award)
    {
        var shouts = award[AwardMessages.Shout];
        var random = context.Key.Derive(award.Stamp).Derive("listen").Stream();
        for (var copy = 0; copy < copies; copy++)
        {
            var (price, side, isAccepted) = (shouts[3 * copy], shouts[(3 * copy) + 1], shouts[(3 * copy) + 2] == 1);
            var view = MarketViews.Read(step![StepMessages.Observation], copy);
            if (side != 0)
            {
                trader.Hear(copy, view.IsBuyer, view.Limit, view.Holds, new(price, side > 0, isAccepted), ref random);
            }
        }
    }
}
