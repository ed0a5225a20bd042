using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>
/// Collects the bids of a round by step, lets the rules decide in every copy, and answers each participant. Requests and answers
/// are rounds within a vector step, told apart by the stamp.
/// </summary>
internal sealed class AuctionStage : IStage
{
    private readonly IAuctioneer auctioneer;
    private readonly MessagePool awards;
    private readonly int[] readers;      // by bidder: the reader of its awards
    private readonly int bidders;
    private readonly int lots;
    private readonly int copies;
    private readonly bool asks;
    private readonly bool isPublic;
    private readonly double[] prices;    // [bidders, lots], of one copy
    private readonly int[] quantities;
    private readonly int[] accepts;
    private readonly int[] won;          // [copies, bidders, lots]
    private readonly double[] paid;      // [copies, bidders]
    private readonly bool[] open;        // [copies, lots]
    private readonly int[] offered;      // [copies, bidders, lots]
    private readonly double[] shouts;    // [copies, 3]

    public AuctionStage(Func<AuctionSize, IAuctioneer> make, StageContext context)
    {
        var type = context.Types.Output("awards");
        bidders = context.Types.Peers("bids");
        (lots, copies) = (type.Get<Space>("lots").Width, type.Get<int>("copies"));
        (asks, isPublic) = (type.Get<bool>("offers"), type.Get<bool>("public"));
        var names = context.Types.Outputs["awards"].Select(t => t.Get<string>("bidder")).ToList();
        readers = [.. context.Types.Inputs["bids"].Select(t => names.IndexOf(t.Get<string>("bidder")))];
        auctioneer = make(new(bidders, lots, copies));
        awards = new(AwardMessages.Layout(type));
        (prices, quantities, accepts) = (new double[bidders * lots], new int[bidders * lots], new int[asks ? bidders * lots : 0]);
        (won, paid, open) = (new int[copies * bidders * lots], new double[copies * bidders], new bool[copies * lots]);
        (offered, shouts) = (new int[asks ? won.Length : 0], new double[isPublic ? copies * 3 : 0]);
    }

    public Needs Needs { get; } = new(1);

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var stamp = firing[AuctionComponent.Bids].Stamp;
        if (stamp.Round == 0)
        {
            Array.Clear(won);
            Array.Clear(paid);
        }

        for (var copy = 0; copy < copies; copy++)
        {
            Gather(firing, copy);
            auctioneer.Take(copy, stamp.Round, firing[AuctionComponent.Bids][BidMessages.Begins][copy] == 1, Floor(copy));
        }

        for (var bidder = 0; bidder < bidders; bidder++)
        {
            if (readers[bidder] >= 0)
            {
                outputs.Send(AuctionComponent.Awards, readers[bidder], Answer(stamp, bidder));
            }
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("auction.won", won);
        snapshot.Put<double>("auction.paid", paid);
        snapshot.Put<int>("auction.offered", offered);
        auctioneer.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("auction.won", won);
        snapshot.GetInto<double>("auction.paid", paid);
        snapshot.GetInto<int>("auction.offered", offered);
        auctioneer.Load(snapshot);
    }

    public void Dispose()
    {
    }

    private void Gather(Firing firing, int copy)
    {
        for (var bidder = 0; bidder < bidders; bidder++)
        {
            var message = firing[AuctionComponent.Bids, bidder];
            for (var lot = 0; lot < lots; lot++)
            {
                var (source, target) = ((copy * lots) + lot, (bidder * lots) + lot);
                quantities[target] = (int)message[BidMessages.Quantity][source];
                prices[target] = quantities[target] == 0 ? 0 : message[BidMessages.Price][source];
                if (asks)
                {
                    accepts[target] = (int)message[BidMessages.Accepts][source];
                }
            }
        }
    }

    private AuctionFloor Floor(int copy) => new()
    {
        Prices = prices,
        Quantities = quantities,
        Accepts = accepts,
        Won = won.AsSpan(copy * bidders * lots, bidders * lots),
        Paid = paid.AsSpan(copy * bidders, bidders),
        Open = open.AsSpan(copy * lots, lots),
        Offered = asks ? offered.AsSpan(copy * bidders * lots, bidders * lots) : [],
        Shout = isPublic ? shouts.AsSpan(copy * 3, 3) : [],
    };

    private Message Answer(Stamp stamp, int bidder)
    {
        var message = awards.Rent(stamp);
        var gained = message.Write(AwardMessages.Won);
        var price = message.Write(AwardMessages.Paid);
        var isOpen = message.Write(AwardMessages.Open);
        var offer = message.Write(AwardMessages.Offered);
        var shout = message.Write(AwardMessages.Shout);
        for (var copy = 0; copy < copies; copy++)
        {
            price[copy] = (float)paid[(copy * bidders) + bidder];
            for (var lot = 0; lot < lots; lot++)
            {
                var own = (((copy * bidders) + bidder) * lots) + lot;
                gained[(copy * lots) + lot] = won[own];
                isOpen[(copy * lots) + lot] = open[(copy * lots) + lot] ? 1 : 0;
                if (asks)
                {
                    offer[(copy * lots) + lot] = offered[own];
                }
            }
        }

        for (var i = 0; i < shout.Length; i++)
        {
            shout[i] = (float)shouts[i];
        }

        return message;
    }
}
