using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>bids</c>: what one participant of an auction offers for each lot, in every copy, in one round of a vector step; the stamp's
/// round counts them.
/// </summary>
public static class BidMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "bids";

    /// <summary>[copies, lots]: the price; it counts where a quantity stands.</summary>
    public const int Price = 0;

    /// <summary>[copies, lots]: 1 buys, −1 sells, 0 is no bid.</summary>
    public const int Quantity = 1;

    /// <summary>[copies, lots]: 1 where it takes on what it was offered in the round before; only in auctions that ask.</summary>
    public const int Accepts = 2;

    /// <summary>[copies]: 1 where an episode begins with this step: what stood in an order book before it is void.</summary>
    public const int Begins = 3;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, int lots, bool isAsked) =>
        new(Kind, new("price", [copies, lots]), new("quantity", [copies, lots]), new("accepts", [isAsked ? copies : 0, lots]), new("begins", [copies]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies"), type.Get<Space>("lots").Width, type.Get<bool>("offers"));

    /// <summary>
    /// The port type: <paramref name="lots"/> is a box with a number for each lot, <paramref name="rounds"/> those in a vector step,
    /// <paramref name="offers"/> whether what is won must be taken on, <paramref name="bidder"/> a name.
    /// </summary>
    public static PortType Type(Term copies, Term lots, Term rounds, Term offers, Term bidder) =>
        PortType.Of(Kind, ("copies", copies), ("lots", lots), ("rounds", rounds), ("offers", offers), ("bidder", bidder));
}
