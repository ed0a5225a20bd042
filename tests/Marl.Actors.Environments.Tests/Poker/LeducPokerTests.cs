using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Games;
using Marl.Actors.Environments.Poker;
using Xunit;

namespace Marl.Actors.Environments.Tests.Poker;

/// <summary>The world plays by the rules that the tree is made of.</summary>
public sealed class LeducPokerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [Fact]
    public void Every_game_of_the_tree_can_be_played_in_the_world_and_pays_the_same()
    {
        var games = Ends(LeducHand.Start, []).ToArray();
        Assert.Equal(GameTree.Of(LeducHand.Start).Nodes.Count(n => n.Turn == Mover.Over), games.Length);
        Assert.All(games, game => Play(game.Way, game.End));
    }

    [Fact]
    public void Cards_come_as_often_as_they_are_in_the_deck()
    {
        const int copies = 30_000;
        var world = new LeducPoker(new NoOptions(), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        for (var step = 0; step < 2; step++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                runner.Act(step, copy, LeducHand.Call);
            }

            runner.Step(Key, step);
        }

        runner.See();
        var cards = runner.State.Chunk(world.Spec.StateWidth)
            .GroupBy(s => (Array.IndexOf(s[..3], 1), Array.IndexOf(s[3..6], 1), Array.IndexOf(s[6..9], 1)))
            .ToDictionary(g => g.Key, g => g.Count() / (double)copies);
        foreach (var (first, second, shown) in cards.Keys)
        {
            var deals = LeducHand.Start.Chances().Single(c => c.Next is LeducHand h && (h.First, h.Second) == (first, second));
            var next = (((LeducHand)deals.Next).With(LeducHand.Call).With(LeducHand.Call)).Chances().Single(c => ((LeducHand)c.Next).Public == shown);
            Assert.Equal(deals.Probability * next.Probability, cards[(first, second, shown)], 0.008);
        }

        Assert.Equal(24, cards.Count); // 27 but for three jacks, queens or kings
    }

    [Fact]
    public void Nobody_sees_the_other_card()
    {
        var world = new LeducPoker(new NoOptions(), copies: 2);
        world.Deal(0, first: 0, second: 1, shown: 2);
        world.Deal(1, first: 0, second: 2, shown: 1);
        var runner = new WorldRunner(world);
        runner.See();
        var width = LeducHand.Start.Width;

        Assert.Equal(runner.Observations[0][..width], runner.Observations[0][width..]);
        Assert.NotEqual(runner.Observations[1][..width], runner.Observations[1][width..]);
    }

    // Deals and moves, in order; chance's are what it has come to.
    private static IEnumerable<(List<(LeducHand Before, int Action, LeducHand After)> Way, LeducHand End)> Ends(
        LeducHand hand, List<(LeducHand Before, int Action, LeducHand After)> way) => hand.Turn switch
        {
            Mover.Over => [(way, hand)],
            Mover.Chance => hand.Chances().SelectMany(c => Ends((LeducHand)c.Next, [.. way, (hand, -1, (LeducHand)c.Next)])),
            _ => hand.Actions().SelectMany(a => Ends(hand.With(a), [.. way, (hand, a, hand.With(a))])),
        };

    private static void Play(List<(LeducHand Before, int Action, LeducHand After)> way, LeducHand end)
    {
        var world = new LeducPoker(new NoOptions(), copies: 1);
        world.Deal(0, end.First, end.Second, end.Public);
        var runner = new WorldRunner(world);
        foreach (var (before, action, after) in way.Skip(1))
        {
            if (action < 0)
            {
                continue; // the world has shown the card already
            }

            var (active, mask) = (new float[1], new float[LeducHand.Choices]);
            world.Active(before.Turn, active);
            world.Mask(before.Turn, mask);
            Assert.Equal(1, active[0]);
            Assert.Equal(before.Actions(), Enumerable.Range(0, LeducHand.Choices).Where(a => mask[a] == 1));
            runner.See();
            var observation = new float[before.Width];
            before.Observe(before.Turn, observation);
            Assert.Equal(observation, runner.Observations[before.Turn]);
            runner.Act(before.Turn, 0, action);
            runner.Act(1 - before.Turn, 0, LeducHand.Fold); // ignored
            runner.Step(Key, 0);
            Assert.Equal(after.Turn == Mover.Over ? 1 : 0, runner.Terminated[0]);
        }

        Assert.Equal([(float)end.Gain, (float)-end.Gain], runner.Rewards);
    }
}
