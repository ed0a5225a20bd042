using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Poker;
using Xunit;

namespace Marl.Actors.Environments.Tests.Poker;

public sealed class KuhnPokerTests
{
    private const int Jack = 0;
    private const int Queen = 1;
    private const int King = 2;

    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    private static readonly (int, int)[] Deals =
        [(Jack, Queen), (Jack, King), (Queen, Jack), (Queen, King), (King, Jack), (King, Queen)];

    [Theory]
    [InlineData(King, Queen, "pp", 1)]
    [InlineData(Jack, Queen, "pp", -1)]
    [InlineData(King, Queen, "pbp", -1)]
    [InlineData(Jack, King, "pbp", -1)]
    [InlineData(King, Queen, "pbb", 2)]
    [InlineData(Queen, King, "pbb", -2)]
    [InlineData(Jack, King, "bp", 1)]
    [InlineData(King, Jack, "bb", 2)]
    [InlineData(Jack, King, "bb", -2)]
    public void Games_end_and_pay_by_the_rules(int first, int second, string moves, float gain)
    {
        var runner = Dealt(first, second);
        for (var i = 0; i < moves.Length; i++)
        {
            Assert.Equal(i % 2, ActiveOf(runner));
            Play(runner, moves[i]);
            Assert.Equal(i == moves.Length - 1 ? 1 : 0, runner.Terminated[0]);
        }

        Assert.Equal([gain, -gain], runner.Rewards);
        Assert.Equal(-1, ActiveOf(runner));
    }

    // Kuhn 1950: for every α in 0..1/3 these are an equilibrium, of value −1/18.
    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1.0 / 3)]
    public void The_equilibria_have_their_known_value(double alpha)
    {
        double Bets(int card, string history) => history switch
        {
            "" => card switch { Jack => alpha, Queen => 0, _ => 3 * alpha },
            "pb" => card switch { Jack => 0, Queen => alpha + (1.0 / 3), _ => 1 },
            "p" => card switch { Jack => 1.0 / 3, Queen => 0, _ => 1 },
            _ => card switch { Jack => 0, Queen => 1.0 / 3, _ => 1 },
        };

        Assert.Equal(-1.0 / 18, Deals.Average(deal => Value(deal, "", Bets)), 6);
    }

    // As in OpenSpiel's expected_game_score_test.
    [Fact]
    public void Uniform_play_is_worth_one_eighth_to_player_0() =>
        Assert.Equal(1.0 / 8, Deals.Average(deal => Value(deal, "", (_, _) => 0.5)), 6);

    [Fact]
    public void All_six_deals_come_alike()
    {
        const int copies = 6000;
        var runner = new WorldRunner(new KuhnPoker(new NoOptions(), copies));
        runner.Reset(Key);
        runner.See();
        var deals = runner.State.Chunk(12).GroupBy(s => (Array.IndexOf(s[..3], 1), Array.IndexOf(s[3..6], 1))).ToArray();
        Assert.Equal(Deals, deals.Select(d => d.Key).Order());
        Assert.All(deals, d => Assert.InRange(d.Count(), 900, 1100));
    }

    [Fact]
    public void Nobody_sees_the_other_card()
    {
        foreach (var card in (int[])[Queen, King])
        {
            var runner = Dealt(Jack, card);
            Play(runner, 'p');
            Play(runner, 'b');
            runner.See();
            Assert.Equal([1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], runner.Observations[0]);
            Assert.Equal(1, runner.Observations[1][2 + card]);
        }
    }

    // Every node of the game, played from the deal in the world itself.
    private static double Value((int, int) deal, string history, Func<int, string, double> bets)
    {
        var runner = Dealt(deal.Item1, deal.Item2);
        foreach (var move in history)
        {
            Play(runner, move);
        }

        if (ActiveOf(runner) < 0)
        {
            return runner.Rewards[0];
        }

        var bet = bets(ActiveOf(runner) == 0 ? deal.Item1 : deal.Item2, history);
        return (bet * Value(deal, history + "b", bets)) + ((1 - bet) * Value(deal, history + "p", bets));
    }

    private static WorldRunner Dealt(int first, int second)
    {
        var world = new KuhnPoker(new NoOptions(), copies: 1);
        world.Deal(0, first, second);
        return new(world);
    }

    private static void Play(WorldRunner runner, char move)
    {
        var player = ActiveOf(runner);
        runner.Act(player, 0, move == 'b' ? 1 : 0);
        runner.Act(1 - player, 0, move == 'b' ? 0 : 1); // ignored
        runner.Step(Key, 0);
    }

    private static int ActiveOf(WorldRunner runner) => Enumerable.Range(0, 2).FirstOrDefault(
        player =>
        {
            runner.World.Active(player, runner.Active);
            return runner.Active[0] == 1;
        },
        -1);
}
