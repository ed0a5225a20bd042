using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Markets;

/// <summary>When traders may call out prices.</summary>
public enum Turns
{
    /// <summary>One in a step, drawn among those that have not traded yet.</summary>
    One,

    /// <summary>All that have not traded yet, in every step.</summary>
    All,
}

/// <summary>The options of <c>environment/double-auction</c>.</summary>
public sealed record DoubleAuctionMarketOptions(
    [Option("Buyers; there are as many sellers.", Minimum = 1, Maximum = 500)] int Pairs = 11,
    [Option("The lowest value of a buyer, and the lowest cost of a seller.", Minimum = 1e-6, Maximum = 1e6)] double Lowest = 0.75,
    [Option("From one value, or cost, to the next.", Minimum = 0, Maximum = 1e6)] double Spacing = 0.25,
    [Option("Who calls out prices: one in a step, or all.")] Turns Turns = Turns.One,
    [Option("Steps of a day, which is an episode.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 500);

/// <summary>
/// A day at a market of buyers and sellers of one unit each, with values and costs on the same ladder: the conditions of Gode,
/// Sunder, Allocative efficiency of markets with zero-intelligence traders, JPE 1993. With 11 pairs from 0.75 to 3.25 six trades at
/// 2 gain 7.5, all there is. A trader is paid its gain as a share of that, so that the team's return is the allocative efficiency.
/// The auction that brings traders together is a stage of the pipeline; the world only believes trades that balance: as many
/// units bought as sold, by who may, for the same money. A day ends early when no buyer or no seller is left.
/// </summary>
internal sealed class DoubleAuctionMarket : IWorld
{
    private const double Rounding = 1e-4;

    private readonly DoubleAuctionMarketOptions options;
    private readonly double most;     // what all together can gain
    private readonly bool[] holds;    // [traders, copies]: has not traded today
    private readonly int[] caller;    // [copies]; not used when all call
    private readonly ulong[] draws;   // [copies]: where each stands in its own random numbers

    public DoubleAuctionMarket(DoubleAuctionMarketOptions options, int copies)
    {
        this.options = options;
        Copies = copies;
        (holds, caller, draws) = (new bool[2 * options.Pairs * copies], new int[copies], new ulong[copies]);
        most = Enumerable.Range(0, options.Pairs).Sum(rank => Math.Max(0, Limit(options.Pairs - 1 - rank) - Limit(options.Pairs + rank)));
        Spec = new(
            Enumerable.Range(0, 2 * options.Pairs)
                .Select(i => new AgentSpec(IsBuyer(i) ? $"buyer-{i}" : $"seller-{i - options.Pairs}", MarketViews.Observation, MarketViews.Action, NoOp: 0, Team: IsBuyer(i) ? "buyers" : "sellers"))
                .ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: 2 * 2 * options.Pairs);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        draws[copy] = random.NextBits();
        for (var trader = 0; trader < Traders; trader++)
        {
            holds[(trader * Copies) + copy] = true;
        }

        Call(copy);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            if (Balances(actions, copy))
            {
                for (var trader = 0; trader < Traders; trader++)
                {
                    var (units, price) = MarketViews.Trade(actions[trader], copy);
                    if (units != 0)
                    {
                        holds[(trader * Copies) + copy] = false;
                        rewards[(trader * Copies) + copy] = (float)(most > 0 ? units * (Limit(trader) - price) / most : 0);
                    }
                }
            }

            var (buyers, sellers) = Waiting(copy);
            terminated[copy] = buyers == 0 || sellers == 0 ? 1 : 0;
            Call(copy);
        }
    }

    /// <summary>Side, limit, whether it has not traded, whether it may call.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            MarketViews.Write(observations, copy, new(IsBuyer(agent), Limit(agent), Holds(agent, copy), MayShout(agent, copy)));
        }
    }

    /// <summary>Who has not traded, and who may call.</summary>
    public void State(Span<float> state)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var trader = 0; trader < Traders; trader++)
            {
                state[(copy * Spec.StateWidth) + trader] = Holds(trader, copy) ? 1 : 0;
                state[(copy * Spec.StateWidth) + Traders + trader] = MayShout(trader, copy) ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<bool>("double-auction.holds", holds);
        snapshot.Put<int>("double-auction.caller", caller);
        snapshot.Put<ulong>("double-auction.draws", draws);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<bool>("double-auction.holds", holds);
        snapshot.GetInto<int>("double-auction.caller", caller);
        snapshot.GetInto<ulong>("double-auction.draws", draws);
    }

    private int Traders => 2 * options.Pairs;

    private bool IsBuyer(int trader) => trader < options.Pairs;

    // Both sides climb the same ladder.
    private double Limit(int trader) => options.Lowest + (options.Spacing * (trader % options.Pairs));

    private bool Holds(int trader, int copy) => holds[(trader * Copies) + copy];

    private bool MayShout(int trader, int copy) => Holds(trader, copy) && (options.Turns == Turns.All || caller[copy] == trader);

    private bool Balances(JointActions actions, int copy)
    {
        var (sum, money) = (0, 0.0);
        for (var trader = 0; trader < Traders; trader++)
        {
            var (units, price) = MarketViews.Trade(actions[trader], copy);
            if (units != 0 && (!Holds(trader, copy) || units > 0 != IsBuyer(trader)))
            {
                return false;
            }

            sum += units;
            money += units * price;
        }

        return sum == 0 && Math.Abs(money) <= Rounding;
    }

    private (int Buyers, int Sellers) Waiting(int copy)
    {
        var (buyers, sellers) = (0, 0);
        for (var trader = 0; trader < Traders; trader++)
        {
            buyers += Holds(trader, copy) && IsBuyer(trader) ? 1 : 0;
            sellers += Holds(trader, copy) && !IsBuyer(trader) ? 1 : 0;
        }

        return (buyers, sellers);
    }

    private void Call(int copy)
    {
        var (buyers, sellers) = Waiting(copy);
        if (buyers + sellers == 0)
        {
            return;
        }

        var random = new RandomStream(draws[copy]);
        var left = random.NextInt(buyers + sellers);
        draws[copy] = random.State;
        for (var trader = 0; trader < Traders; trader++)
        {
            if (Holds(trader, copy) && left-- == 0)
            {
                caller[copy] = trader;
                return;
            }
        }
    }
}
