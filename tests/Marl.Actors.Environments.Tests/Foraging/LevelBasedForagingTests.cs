using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Foraging;
using Xunit;

namespace Marl.Actors.Environments.Tests.Foraging;

/// <summary>Rules the recordings show seldom or never; the recordings themselves are held in <c>Verification</c>.</summary>
public sealed class LevelBasedForagingTests
{
    private const int None = 0;
    private const int North = 1;
    private const int South = 2;
    private const int West = 3;
    private const int East = 4;
    private const int Load = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Fact]
    public void Food_too_heavy_for_one_is_loaded_by_two_and_shared_by_level()
    {
        var (runner, world) = Placed(new(), [(2, 2, 4)], [new(1, 2, 3), new(2, 3, 1)]);
        Act(runner, Load, None);
        Assert.Equal([0, 0], runner.Rewards);
        Assert.False(world.Field.IsEmpty(0));

        Act(runner, Load, Load);
        Assert.Equal([0.75f, 0.25f], runner.Rewards);
        Assert.Equal([1], runner.Terminated);
    }

    [Fact]
    public void Rewards_are_normalised_by_all_food_of_the_episode_so_that_returns_sum_to_1()
    {
        var (runner, _) = Placed(new(), [(2, 2, 1), (2, 5, 3)], [new(2, 1, 2), new(2, 6, 3)]);
        Act(runner, Load, None);
        Assert.Equal([0.25f, 0], runner.Rewards);
        Assert.Equal([0], runner.Terminated);
        Act(runner, None, Load);
        Assert.Equal([0, 0.75f], runner.Rewards);
        Assert.Equal([1], runner.Terminated);

        var (plain, _) = Placed(new(NormaliseReward: false), [(2, 2, 2)], [new(2, 1, 3), new(2, 3, 1)]);
        Act(plain, Load, Load);
        Assert.Equal([6, 2], plain.Rewards);
    }

    [Fact]
    public void Who_loads_in_vain_may_be_made_to_pay()
    {
        var (runner, _) = Placed(new(Penalty: 0.5), [(2, 2, 4)], [new(1, 2, 2), new(5, 5, 2)]);
        Act(runner, Load, Load);
        Assert.Equal([-0.5f, 0], runner.Rewards); // the second has nothing beside it: its action does nothing
    }

    [Theory]
    [InlineData(1, 1, North, 0, 1)]
    [InlineData(1, 1, South, 2, 1)]
    [InlineData(1, 1, West, 1, 0)]
    [InlineData(1, 1, East, 1, 2)]
    [InlineData(0, 0, North, 0, 0)]
    [InlineData(0, 0, West, 0, 0)]
    [InlineData(7, 7, South, 7, 7)]
    [InlineData(7, 7, East, 7, 7)]
    [InlineData(3, 4, East, 3, 4)] // food in the way
    public void Players_walk_where_there_is_room(int row, int column, int action, int nextRow, int nextColumn)
    {
        var (runner, world) = Placed(new(), [(3, 5, 2)], [new(row, column, 1), new(6, 0, 1)]);
        runner.World.Mask(0, runner.Masks[0]);
        Assert.Equal((row, column) == (nextRow, nextColumn) ? 0 : 1, runner.Masks[0][action]);
        Act(runner, action, None);
        Assert.Equal(new(nextRow, nextColumn, 1), world.Field.Player(0, 0));
    }

    [Fact]
    public void Two_that_want_to_one_cell_both_stay_and_two_may_change_places()
    {
        var (runner, world) = Placed(new(), [(6, 6, 1)], [new(1, 1, 1), new(1, 3, 1)]);
        Act(runner, East, West);
        Assert.Equal([new(1, 1, 1), new(1, 3, 1)], world.Field.Players(0).ToArray());

        (runner, world) = Placed(new(), [(6, 6, 1)], [new(1, 1, 1), new(1, 2, 2)]);
        Act(runner, East, West);
        Assert.Equal([new(1, 2, 1), new(1, 1, 2)], world.Field.Players(0).ToArray());
    }

    [Fact]
    public void Who_follows_one_that_is_held_up_stands_on_its_cell_as_in_the_reference()
    {
        var (runner, world) = Placed(new(Players: 3), [(6, 6, 1)], [new(1, 1, 1), new(1, 2, 1), new(1, 4, 1)]);
        Act(runner, East, East, West); // the second and third want to (1, 3)
        Assert.Equal([new(1, 2, 1), new(1, 2, 1), new(1, 4, 1)], world.Field.Players(0).ToArray());
    }

    [Fact]
    public void Sight_ends_at_its_window_and_counts_from_its_corner()
    {
        var (runner, _) = Placed(new(Players: 3, Sight: 1), [(4, 4, 3), (6, 4, 1)], [new(5, 3, 1), new(4, 2, 2), new(5, 6, 1)]);
        runner.See();
        Assert.Equal([0, 2, 3, 2, 2, 1, -1, -1, 0, 1, 1, 1, 0, 0, 2, -1, -1, 0], runner.Observations[0]);
        Assert.Equal([-1, -1, 0, -1, -1, 0, -1, -1, 0, 1, 1, 2, 2, 2, 1, -1, -1, 0], runner.Observations[1]);
        Assert.Equal([4, 4, 3, 6, 4, 1, -1, -1, 0, 5, 3, 1, 4, 2, 2, 5, 6, 1], runner.State);
    }

    [Theory]
    [InlineData(2, 8, 8, 3, false)]
    [InlineData(2, 8, 8, 2, true)]
    [InlineData(4, 6, 10, 4, false)]
    public void Episodes_begin_as_the_reference_lays_them(int players, int rows, int columns, int foods, bool coop)
    {
        const int copies = 400;
        var world = new LevelBasedForaging(new(players, rows, columns, foods, ForceCoop: coop), copies);
        new WorldRunner(world).Reset(Key);
        var (levels, strengths) = (new HashSet<int>(), new HashSet<int>());
        for (var copy = 0; copy < copies; copy++)
        {
            var laid = Enumerable.Range(0, foods).Select(slot => world.Field.Food(copy, slot)).Where(f => f.Level > 0).ToArray();
            var standing = world.Field.Players(copy).ToArray();
            var weakest = standing.Select(p => p.Level).Order().Take(3).Sum();
            Assert.InRange(laid.Length, 2, foods);
            Assert.All(laid, f => Assert.True(f.Row > 0 && f.Row < rows - 1 && f.Column > 0 && f.Column < columns - 1));
            Assert.All(laid, f => Assert.InRange(f.Level, coop ? weakest : 1, weakest));
            Assert.All(standing, p => Assert.InRange(p.Level, 1, 2));
            Assert.Equal(players, standing.Select(p => (p.Row, p.Column)).Distinct().Count());
            Assert.DoesNotContain(standing, p => laid.Any(f => (f.Row, f.Column) == (p.Row, p.Column)));
            Assert.All(from a in laid from b in laid where a != b select (Rows: Math.Abs(a.Row - b.Row), Columns: Math.Abs(a.Column - b.Column)), d =>
                Assert.True(Math.Max(d.Rows, d.Columns) > 1 && (d.Rows > 0 || d.Columns > 2) && (d.Columns > 0 || d.Rows > 2), $"{d}"));
            levels.UnionWith(laid.Select(f => f.Level));
            strengths.UnionWith(standing.Select(p => p.Level));
        }

        Assert.Equal([1, 2], strengths.Order());
        Assert.Equal(Enumerable.Range(coop ? 2 : 1, coop ? 3 : Math.Min(players, 3) * 2), levels.Order());
    }

    [Fact]
    public void A_field_without_room_gets_less_food()
    {
        var world = new LevelBasedForaging(new(Rows: 3, Columns: 3, Foods: 3), copies: 20);
        new WorldRunner(world).Reset(Key);
        for (var copy = 0; copy < 20; copy++)
        {
            Assert.True(world.Field.Food(copy, 0).Level > 0 || world.Field.Players(copy).ToArray().Any(p => (p.Row, p.Column) == (1, 1)));
            Assert.Equal((0, 0), (world.Field.Food(copy, 1).Level, world.Field.Food(copy, 2).Level));
        }
    }

    [Theory]
    [InlineData("minPlayerLevel", 3, 2, 1, 0, 2)]
    [InlineData("minFoodLevel", 1, 2, 3, 2, 2)]
    [InlineData("players", 1, 2, 1, 0, 20)]
    public void Options_that_do_not_go_together_are_named(string option, int minPlayer, int maxPlayer, int minFood, int maxFood, int players)
    {
        var component = BuiltInEnvironments.All.Single(c => c.Id == "environment/level-based-foraging");
        var options = new LevelBasedForagingOptions(
            players, 4, 5, MinPlayerLevel: minPlayer, MaxPlayerLevel: maxPlayer, MinFoodLevel: minFood, MaxFoodLevel: maxFood);
        Assert.Equal(option, Assert.Single(component.Validate(options)).Option);
        Assert.NotNull(component.Options.Find(option));
        Assert.Empty(component.Validate(new LevelBasedForagingOptions()));
    }

    [Fact]
    public void An_action_that_there_is_not_is_a_bug()
    {
        var (runner, _) = Placed(new(), [(2, 2, 1)], [new(0, 0, 1), new(0, 1, 1)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Act(runner, 6, 0));
    }

    [Fact]
    public void Eaten_food_is_drawn_without_a_radius()
    {
        var (runner, world) = Placed(new(), [(2, 2, 1)], [new(1, 2, 2), new(7, 7, 1)]);
        Assert.Equal((0.3, "1"), (world.Draw(0)[0].Radius, world.Draw(0)[0].Label));
        Act(runner, Load, None);
        Assert.Equal((0, ""), (world.Draw(0)[0].Radius, world.Draw(0)[0].Label));
        Assert.Equal(new DrawnCircle("player-1", 3.5, -3.5, 0.4, "#5959d9", "1"), world.Draw(0)[^1]);
    }

    private static (WorldRunner Runner, LevelBasedForaging World) Placed(LevelBasedForagingOptions options, (int Row, int Column, int Level)[] foods, Standing[] players)
    {
        var world = new LevelBasedForaging(options, copies: 1);
        var field = new int[options.Rows * options.Columns];
        foreach (var (row, column, level) in foods)
        {
            field[(row * options.Columns) + column] = level;
        }

        world.Field.Lay(0, field);
        for (var player = 0; player < players.Length; player++)
        {
            world.Field.Player(0, player) = players[player];
        }

        return (new(world), world);
    }

    private static void Act(WorldRunner runner, params int[] actions)
    {
        for (var player = 0; player < actions.Length; player++)
        {
            runner.Act(player, 0, actions[player]);
        }

        runner.Step(Key, 0);
    }
}
