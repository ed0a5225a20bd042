using Marl.Actors.Coordination.Populations;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Populations;

/// <summary>Who copies whom, and what settings become.</summary>
public sealed class PopulationTests
{
    private static readonly PbtOptions Options = new(["rate", "weight"], [1e-5, 1e-3], [1e-2, 1]);

    [Fact]
    public void The_lowest_copy_the_highest_and_all_sit_in_order()
    {
        var random = RandomKey.FromSeed(1).Stream();
        var exchange = Exchange.Of(Options with { Fraction = 0.4 }, [3, 1, 5, 2, 4], ref random);
        Assert.Equal([2, 4, 0], exchange.From[..3]);
        Assert.All(exchange.From[3..], from => Assert.Contains(from, (int[])[2, 4]));
        Assert.Equal([false, false, false, true, true], exchange.IsCopy);
    }

    [Fact]
    public void Where_settings_stay_with_their_seats_only_weights_move()
    {
        var random = RandomKey.FromSeed(1).Stream();
        var exchange = Exchange.Of(Options with { Inherit = Inheritance.Weights }, [3, 1, 5, 2, 4], ref random);
        Assert.Equal([0, 2, 2, 3, 4], exchange.From);
        Assert.Equal([false, true, false, false, false], exchange.IsCopy);
    }

    [Fact]
    public void Of_equal_scores_the_first_seat_s_is_the_higher()
    {
        var random = RandomKey.FromSeed(1).Stream();
        Assert.Equal([0, 0], Exchange.Of(Options with { Inherit = Inheritance.Weights }, [1, 1], ref random).From);
    }

    [Theory]
    [InlineData(Exploit.None, 5)]
    [InlineData(Exploit.Truncation, 1)]
    public void Alone_nobody_copies(Exploit exploit, int count)
    {
        var random = RandomKey.FromSeed(1).Stream();
        Assert.Equal(Enumerable.Range(0, count), Exchange.Of(Options with { Exploit = exploit }, [.. Enumerable.Range(0, count).Select(i => (double)-i)], ref random).From);
    }

    [Fact]
    public void First_settings_have_one_member_in_each_stretch_of_the_range()
    {
        var table = new SettingTable(Options, 6, RandomKey.FromSeed(4).Stream());
        for (var setting = 0; setting < 2; setting++)
        {
            var (low, high) = (Math.Log10(Options.Low[setting]), Math.Log10(Options.High[setting]));
            var stretches = Enumerable.Range(0, 6).Select(i => (int)((Math.Log10(table.Values[(2 * i) + setting]) - low) / (high - low) * 6));
            Assert.Equal([0, 1, 2, 3, 4, 5], stretches.Order());
        }

        Assert.InRange(table.Spread, 0.7, 1.1); // evenly over three decades it is 3/√12 = 0.87
    }

    [Fact]
    public void Copies_move_each_setting_up_or_down_within_its_bounds_and_the_others_take_theirs_along()
    {
        var options = Options with { First = [1e-4, 0.01, 1e-3, 0.9] };
        var table = new SettingTable(options, 2, RandomKey.FromSeed(1).Stream());
        var found = new HashSet<(double, double)>();
        var random = RandomKey.FromSeed(2).Stream();
        for (var i = 0; i < 50; i++)
        {
            options.First.AsSpan().CopyTo(table.Values);
            table.Follow(new([1, 1], [false, true]), ref random);
            Assert.Equal([1e-3, 0.9], table.Values[..2]);
            found.Add((table.Values[2], table.Values[3]));
        }

        Assert.Equal([(1e-3 * 0.8, 0.9 * 0.8), (1e-3 * 0.8, 1), (1e-3 * 1.2, 0.9 * 0.8), (1e-3 * 1.2, 1)], found.Order());
    }

    [Fact]
    public void A_setting_may_be_drawn_anew()
    {
        var options = Options with { First = [1e-4, 0.01, 1e-3, 0.9], Resample = 1 };
        var table = new SettingTable(options, 2, RandomKey.FromSeed(1).Stream());
        var random = RandomKey.FromSeed(2).Stream();
        table.Follow(new([1, 1], [false, true]), ref random);
        Assert.InRange(table.Values[2], 1e-5, 1e-2);
        Assert.DoesNotContain(table.Values[2], (double[])[1e-4, 1e-3, 0.8e-3, 1.2e-3]);
    }

    [Fact]
    public void Options_that_can_t_stand_together_are_named()
    {
        Assert.Empty(Options.Conflicts());
        Assert.Equal("settings", Named(Options with { Settings = [] }));
        Assert.Equal("settings", Named(Options with { Settings = ["rate", "rate"] }));
        Assert.Equal("low", Named(Options with { Low = [1] }));
        Assert.Equal("high", Named(Options with { High = [1, 1, 1] }));
        Assert.Equal("low", Named(Options with { Low = [1, 1e-3] }));
        Assert.Equal("low", Named(Options with { Low = [0, 1e-3] }));
        Assert.Empty((Options with { Low = [0, 1e-3], Scale = SettingScale.Linear }).Conflicts());
        Assert.Equal("first", Named(Options with { First = [1, 2, 3] }));
        Assert.Equal("convention", Named(Options with { Convention = ReturnConvention.Success }));
        Assert.All((Options with { Low = [1, 0] }).Conflicts(), c => Assert.Matches(";", c.Sentence));

        static string Named(PbtOptions options) => options.Conflicts().First().Option;
    }
}
