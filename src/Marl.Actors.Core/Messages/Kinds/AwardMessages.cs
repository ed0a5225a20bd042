using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>awards</c>: an auctioneer's answer to one participant's bids, in every copy, with the stamp of the bids. What is won is
/// what the whole step has brought so far; with the last round it is final.
/// </summary>
public static class AwardMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "awards";

    /// <summary>[copies, lots]: 1 bought, −1 sold.</summary>
    public const int Won = 0;

    /// <summary>[copies]: what it pays for all it has won; below 0 where it is paid.</summary>
    public const int Paid = 1;

    /// <summary>[copies, lots]: 1 where bids are taken in the next round.</summary>
    public const int Open = 2;

    /// <summary>[copies, lots]: 1 where the lot is this participant's if it takes it on in the next round; only in auctions that ask.</summary>
    public const int Offered = 3;

    /// <summary>[copies, 3]: the last price called out for all to hear, 1 of a buyer, −1 of a seller or 0 for nothing, and 1 if it was dealt at; only in markets.</summary>
    public const int Shout = 4;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, int lots, bool isAsked, bool isPublic) => new(
        Kind,
        new("won", [copies, lots]),
        new("paid", [copies]),
        new("open", [copies, lots]),
        new("offered", [isAsked ? copies : 0, lots]),
        new("shout", [isPublic ? copies : 0, 3]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) =>
        Layout(type.Get<int>("copies"), type.Get<Space>("lots").Width, type.Get<bool>("offers"), type.Get<bool>("public"));

    /// <summary>The port type; see <see cref="BidMessages.Type"/>. <paramref name="isPublic"/>: shouts are told.</summary>
    public static PortType Type(Term copies, Term lots, Term rounds, Term offers, Term isPublic, Term bidder) =>
        PortType.Of(Kind, ("copies", copies), ("lots", lots), ("rounds", rounds), ("offers", offers), ("public", isPublic), ("bidder", bidder));
}
