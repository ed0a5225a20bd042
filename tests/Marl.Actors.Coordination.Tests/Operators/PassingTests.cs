using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Stages;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

/// <summary>What operators say of the numbers of tokens they pass, held against what they do.</summary>
public sealed class PassingTests
{
    public static TheoryData<string> Operators => [.. BuiltInOperators.All.Select(o => o.Id)];

    private static AppliedOperator[] Applied =>
    [
        Delay.Steps(0), Delay.Steps(3), Drop.Probability(0.5), Every.Updates(1), Every.Updates(2), Every.Updates(5), Lag.Updates(0), Lag.Updates(4), Scale.By(2),
    ];

    [Theory]
    [MemberData(nameof(Operators))]
    public void As_many_come_out_as_the_operator_says(string id)
    {
        var applied = Applied.Where(a => a.Component.Id == id).ToList();
        Assert.NotEmpty(applied);
        foreach (var use in applied.Where(a => a.Component.Accepts(Core.Messages.Kinds.WeightsMessages.Kind)))
        {
            var (bench, passing) = (new OperatorBench(use).Start(), use.Component.Passes(use.Options));
            for (var sent = 0; sent <= 17; sent++)
            {
                Assert.Equal(passing.Count(sent), bench.Received.Count);
                bench.Push(sent, sent + 1);
            }
        }
    }

    [Fact]
    public void A_cycle_has_a_rate_and_what_is_ahead_of_it_is_counted()
    {
        var passing = new Passing { Start = 2, Opening = [(3, 2)], Cycle = [(1, 0), (2, 3)] };

        Assert.Equal((6, 3), passing.Rate);
        Assert.Equal([2, 4, 6, 8, 8, 11, 14, 14, 17], Enumerable.Range(0, 9).Select(n => passing.Count(n)));
        Assert.Equal(2, passing.Ahead); // 8 for the first three, which at its rate bring 6
        Assert.Equal(2_000_000_000_000L, passing.Count(1_000_000_000_000));
    }

    [Fact]
    public void An_operator_that_says_nothing_passes_one_for_one()
    {
        Assert.Equal(Passing.OneForOne, Drop.Component.Passes(new Drop.Options(0.5)));
        Assert.Equal(7, Passing.OneForOne.Count(7));
        Assert.Equal(0, Passing.OneForOne.Ahead);
    }
}
