using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Tests.Batches;

/// <summary>What a learner makes of items that don't count the same, and what it says about them.</summary>
public class PriorityTests
{
    public static TheoryData<string> Methods => ["iql", "vdn", "qmix", "weighted-qmix"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_item_that_counts_nothing_teaches_nothing_yet_its_error_is_told(string method)
    {
        using var one = new ValueBench(ValueBench.Method(method));
        using var other = new ValueBench(ValueBench.Method(method));
        float[] weights = [1, 0, 0.5f, 1];
        var before = one.Parameters;
        var told = one.Learn(one.Batch(1, weights));
        var toldOther = other.Learn(other.Batch(1, weights, batch => batch.Write(BatchMessages.Reward).Slice(ValueBench.Agents, ValueBench.Agents).Fill(100)));
        Assert.NotEqual(before, one.Parameters);
        Assert.Equal(one.Parameters, other.Parameters);
        Assert.Equal(told.Greatest[0], toldOther.Greatest[0]);
        Assert.InRange(toldOther.Greatest[1], 90, 110);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Weights_of_1_change_no_bit_and_others_do(string method)
    {
        using var plain = new ValueBench(ValueBench.Method(method));
        using var ones = new ValueBench(ValueBench.Method(method));
        using var halves = new ValueBench(ValueBench.Method(method));
        plain.Learn(plain.Batch(1));
        ones.Learn(ones.Batch(1, [1, 1, 1, 1]));
        halves.Learn(halves.Batch(1, [0.5f, 1, 1, 1]));
        Assert.Equal(plain.Parameters, ones.Parameters);
        Assert.NotEqual(plain.Parameters, halves.Parameters);
    }

    [Fact]
    public void The_greatest_and_the_mean_error_of_every_item_are_told()
    {
        var errors = new ItemErrors(2);
        errors.Clear();
        foreach (var (position, error) in new[] { (0, 1f), (1, -5f), (2, -3f), (4, 0.5f) })
        {
            errors.Add(position, error);
        }

        var told = errors.Tell(new(4, 2));
        Assert.Equal([3f, 5f], told[PriorityMessages.Greatest].ToArray());
        Assert.Equal([1.5f, 5f], told[PriorityMessages.Mean].ToArray());
        Assert.Equal(new(4, 2), told.Stamp);
        errors.Clear();
        Assert.Equal([0f, 0f], errors.Tell(default)[PriorityMessages.Greatest].ToArray());
    }
}
