using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Testing.Marbles;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

public sealed class MarblesTests
{
    private static readonly StageMarbles Running = Marbles.Of(RunningStage.Component());

    [Theory]
    [InlineData("1 2 3", "1 3 6")]
    [InlineData("1 2 3 |", "1 3 6 |")]
    [InlineData("- 2 . 3", "0 2 . 5")]
    [InlineData("-2 1.5 / 10", "-2 -0.5 / 9.5")]
    [InlineData("1@3.2 1 / 1", "1@3.2 2@3.3 3@4.0")]
    [InlineData("(1 1) 1@0.1.2", "(1 2) 3@0.1.2")]
    [InlineData("a b / a", "a@0 3@0.1 4@1.0")]
    [InlineData("", "")]
    public void A_stage_sends_what_its_timeline_says(string numbers, string sums) =>
        Running.Let('a', 1).Let('b', 2).In("numbers", numbers).Out("sums", sums);

    [Fact]
    public void Ports_are_joined_by_what_the_stage_needs() => Running
        .In("factors", "2 / 10 |").In("numbers", "1 1 / 1 1 |")
        .Out("sums", "2 4 / 14 24 |");

    [Theory]
    [InlineData("1 3 7", "At 0.2 7 was expected, but 6 came.")]
    [InlineData("1 3", "Nothing more was expected, but 6 came at 0.2.")]
    [InlineData("1 3 6 7", "7 was expected at 0.3, but nothing more came: it waits for 1 more on 'numbers'.")]
    [InlineData("1 3 . 6", "6 was expected at 0.3, but 6 came at 0.2.")]
    [InlineData("1 3 -", "At 0.2 an absent token was expected, but 6 came.")]
    [InlineData("1 3 6 |", "It did not end: it waits for 1 more on 'numbers'.")]
    public void A_difference_is_told(string sums, string sentence) => Assert.EndsWith(
        "\n" + sentence + "\n", Assert.Throws<MarbleException>(() => Running.In("numbers", "1 2 3").Out("sums", sums)).Message);

    [Fact]
    public void An_end_nobody_expected_is_told() => Assert.Contains(
        "write '|'", Assert.Throws<MarbleException>(() => Running.In("numbers", "1|").Out("sums", "1")).Message);

    [Fact]
    public void A_failure_shows_the_timelines_below_one_another()
    {
        var failure = Assert.Throws<MarbleException>(() => Running.Let('c', 12).In("numbers", "1 2 / - 10 |").Out("sums", "1 3 / 3 c |"));

        Assert.Equal(
            """
            'sums' of 'test/running' is not as expected.

              stamp     0.0  0.1  1.0  1.1
              numbers     1    2    -   10  |
              expected    1    3    3    c  |
              got         1    3    3   13  |
                                         ^

            At 1.1 c = [12] was expected, but 13 came.

            """,
            failure.Message);
    }

    [Fact]
    public void A_long_timeline_is_shown_around_the_difference()
    {
        var ones = string.Concat(Enumerable.Repeat("1 ", 40));
        var failure = Assert.Throws<MarbleException>(() => Running.In("numbers", ones).Out("sums", ones));

        Assert.Contains("stamp     0.0  0.1  0.2", failure.Message);
        Assert.DoesNotContain("0.20", failure.Message);
        Assert.Contains("…", failure.Message);
    }

    [Fact]
    public void Timelines_out_of_order_are_shown_in_their_notation() => Assert.Contains(
        "expected  2@1.0 1@0.0\n",
        Assert.Throws<MarbleException>(() => Running.In("numbers", "1").Out("sums", "2@1 1@0")).Message);

    [Fact]
    public void Letters_fill_fields_and_one_field_can_be_compared()
    {
        MessageLayout layout = new("pair", new Field("left", [2]), new Field("right", [1]));
        var swap = Marbles.Of(() => new MirrorStage(), ["pairs"], ["pairs"]).Shape("pairs", layout)
            .Let('a', ("left", [1, 2]), ("right", [3])).Let('b', ("right", [7])).Let('c', 3, 2, 1)
            .In("pairs", "a b 5");

        swap.Let('d', 7, 0, 0).Out("pairs", "c d 5").Let('d', 3, 2).Let('e', 7, 0).Out("pairs.left", "d e 5");
        Assert.EndsWith(
            "At 0.1 c = [3, 2, 1] was expected, but [7, 0, 0] came.\n", Assert.Throws<MarbleException>(() => swap.Out("pairs", "c c 5")).Message);
        Assert.Contains("'c' has 3 floats, but left[2] has 2.", Assert.Throws<MarbleException>(() => swap.Out("pairs.left", "c")).Message);
    }

    [Theory]
    [InlineData("a ? b", "column 3")]
    [InlineData("a | b", "Nothing follows the end.")]
    [InlineData("(a b", "This bracket is not closed.")]
    [InlineData("a@x", "After '@' stands a stamp")]
    public void A_timeline_that_can_t_be_read_says_where(string timeline, string words) =>
        Assert.Contains(words, Assert.Throws<MarbleException>(() => Running.In("numbers", timeline)).Message);

    [Fact]
    public void Unknown_names_are_told_with_the_known_ones()
    {
        Assert.Contains("it has numbers, factors", Assert.Throws<MarbleException>(() => Running.In("number", "1")).Message);
        Assert.Contains("it has sums, noise", Assert.Throws<MarbleException>(() => Running.Out("sum", "1")).Message);
        Assert.Contains(".Let('x'", Assert.Throws<MarbleException>(() => Running.In("numbers", "x").Out("sums", "1")).Message);
        Assert.Contains("has no field 'reward'; it has value", Assert.Throws<MarbleException>(() => Running.In("numbers", "1").Out("sums.reward", "1")).Message);
        Assert.Throws<MarbleException>(() => Running.Let('1', 1));
    }

    [Fact]
    public void Producers_and_readers_have_timelines_of_their_own()
    {
        var exchange = Marbles.Of(() => new ExchangeStage(), ["offers"], ["answers"]).In("offers", "1 2 |", "10 20 |", "100 200 |");

        exchange.Out("answers", "110 220 |", "101 202 |", "11 22 |").KeepsTheContract();
        var failure = Assert.Throws<MarbleException>(() => exchange.Out("answers", "110 220 |", "101 20 |", "11 22 |"));
        Assert.StartsWith("'answers' of 'stage' for reader 1 is not as expected.", failure.Message);
        Assert.Contains("  offers[2]  100  200  |\n", failure.Message);
    }

    [Fact]
    public void A_token_of_another_kind_than_the_port_s_is_told()
    {
        var component = RunningStage.Component();
        var wrong = component with { Outputs = component.Outputs.Select(o => o with { Kind = "weights" }).ToValues() };

        Assert.Equal(
            "'sums' of 'test/running' carries weights, but number was sent at 0.0.",
            Assert.Throws<MarbleException>(() => Marbles.Of(wrong).In("numbers", "1").Out("sums", "1")).Message);
    }

    [Fact]
    public void Figures_may_be_compared_within_a_tolerance()
    {
        Running.Within(0.11f).In("numbers", "1 2").Out("sums", "1.1 2.9");
        Assert.Throws<MarbleException>(() => Running.Within(0.09f).In("numbers", "1 2").Out("sums", "1.1 2.9"));
    }

    [Fact]
    public void A_stage_that_needs_nothing_and_never_ends_is_told() => Assert.Contains(
        "1000 times without taking a token", Assert.Throws<InvalidOperationException>(() => Marbles.Of(() => new MirrorStage(idles: true), ["pairs"], ["pairs"]).Out("pairs")).Message);

    /// <summary>Sends each block backwards.</summary>
    private sealed class MirrorStage(bool idles = false) : IStage
    {
        public Needs Needs { get; } = new(idles ? 0 : 1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            if (!idles)
            {
                var message = Message.Create(firing[0].Layout, firing[0].Stamp);
                firing[0].Block.CopyTo(message.WriteBlock());
                message.WriteBlock().Reverse();
                outputs.Send(0, message);
            }
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Tells each of its producers what the others said, added up.</summary>
    private sealed class ExchangeStage : IStage
    {
        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs)
        {
        }

        public void Fire(Firing firing, IOutputs outputs)
        {
            for (var peer = 0; peer < firing.Peers(0); peer++)
            {
                var message = Message.Create(firing[0].Layout, firing[0].Stamp);
                message.Write(0)[0] = Enumerable.Range(0, firing.Peers(0)).Where(other => other != peer).Sum(other => firing[0, other][0][0]);
                outputs.Send(0, peer, message);
            }
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        public void Dispose()
        {
        }
    }
}
