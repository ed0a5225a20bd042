using Marl.Actors.Coordination.Auctions.Traders;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>How a trader comes to its prices.</summary>
public enum Trading
{
    /// <summary>Prices of chance at which it loses nothing (ZI-C).</summary>
    ZeroIntelligence,

    /// <summary>Prices of chance (ZI-U).</summary>
    Unconstrained,

    /// <summary>A profit margin that it learns from the prices it hears (ZIP).</summary>
    Zip,
}

/// <summary>The options of <c>agent/trader</c>.</summary>
public sealed record TraderOptions(
    [Option("Prices of chance at which it loses nothing, prices of chance, or a margin that is learned.")] Trading Trading = Trading.ZeroIntelligence,
    [Option("The highest price of chance; the lowest is 0.", Minimum = 1e-6, Maximum = 1e6)] double Highest = 4);

/// <summary><c>agent/trader</c>: buys or sells one unit a day in a double auction.</summary>
internal static class TraderAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/trader",
        Summary = "Shouts prices for its one unit in a double auction: of chance, or with a margin it learns.",
        Source = "Gode, Sunder, JPE 1993; Cliff, HP Labs 1997",
        Options = OptionsSchema.Of<TraderOptions>(),
        AllowsEach = true,
        Inputs = BidderPorts.Inputs,
        Outputs = BidderPorts.Outputs,
        Sign = (_, context) => BidderPorts
            .Sign(Term.Of(MarketViews.Observation), Term.Of(MarketViews.Action), Term.Of(new Box(1)), Term.Of(1), Term.Of(false), Term.Of(true), Term.Of(context.InstanceName))
            .Fires(Phase.Once.Take("steps").Send("bids"), Phase.Once.Take("awards").Send("actions")),
        Create = (options, context) => new TraderStage((TraderOptions)options, context),
    };

    /// <summary>The strategy.</summary>
    public static ITrader Make(TraderOptions options, int copies, Core.Randomness.RandomKey key) => options.Trading == Trading.Zip
        ? new ZeroIntelligencePlus(copies, key)
        : new ZeroIntelligence(options.Highest, options.Trading == Trading.ZeroIntelligence);
}
