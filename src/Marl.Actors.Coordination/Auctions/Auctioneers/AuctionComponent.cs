using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>Turns the rules of an auction into a catalog entry <c>auction/…</c>.</summary>
internal static class AuctionComponent
{
    /// <summary>Index of the input <c>bids</c>.</summary>
    public const int Bids = 0;

    /// <summary>Index of the output <c>awards</c>.</summary>
    public const int Awards = 0;

    private static readonly Values<InputPort> Inputs = [new("bids", BidMessages.Kind, "What each participant offers, one token from each a round.", Many: true)];

    private static readonly Values<OutputPort> Outputs =
        [new("awards", AwardMessages.Kind, "What each participant has won and pays, one token a round.", AwardMessages.Layout, Distribution.PerInstance)];

    /// <summary>The component.</summary>
    /// <param name="name">The part after the slash.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="source">Paper.</param>
    /// <param name="make">The rules, for that many participants.</param>
    /// <param name="rounds">Rounds in a step.</param>
    /// <param name="asks">What is offered must be taken on.</param>
    /// <param name="isPublic">Shouts are told to all.</param>
    /// <param name="fits">Whether it can sell that many lots; otherwise what it expects.</param>
    public static Component Of<TOptions>(
        string name,
        string summary,
        string source,
        Func<TOptions, AuctionSize, IAuctioneer> make,
        Func<TOptions, int>? rounds = null,
        bool asks = false,
        bool isPublic = false,
        (Func<TOptions, int, bool> Holds, Func<TOptions, string> Expectation)? fits = null) => new()
        {
            Id = "auction/" + name,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs = Inputs,
            Outputs = Outputs,
            Sign = (options, context) => Sign((TOptions)options, context, rounds?.Invoke((TOptions)options) ?? 1, asks, isPublic, fits),
            Create = (options, context) => new AuctionStage(size => make((TOptions)options, size), context),
        };

    private static Signature Sign<TOptions>(
        TOptions options, SignatureContext context, int rounds, bool asks, bool isPublic, (Func<TOptions, int, bool> Holds, Func<TOptions, string> Expectation)? fits)
    {
        var (copies, lots) = (Term.Var("copies"), Term.Var("lots"));
        var signature = new Signature()
            .In("bids", Each("bids", "bidder", bidder => BidMessages.Type(copies, lots, Term.Of(rounds), Term.Of(asks), bidder)))
            .Out("awards", Each("awards", "winner", winner => AwardMessages.Type(copies, lots, Term.Of(rounds), Term.Of(asks), Term.Of(isPublic), winner)));
        return fits is { } rule
            ? signature.Where("bids", "lots", space => space is Box box && rule.Holds(options, box.Length), rule.Expectation(options))
            : signature;

        Values<PortType> Each(string port, string name, Func<Term, PortType> type) =>
            Enumerable.Range(0, Math.Max(1, context.Peers(port))).Select(peer => type(Term.Var($"{name}-{peer}"))).ToValues();
    }
}
