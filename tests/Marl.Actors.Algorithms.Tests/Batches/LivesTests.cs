using Marl.Actors.Algorithms.Values;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Tests.Batches;

/// <summary>What learners of action values make of agents that come and go.</summary>
public class LivesTests
{
    private const int Length = 3;

    public static TheoryData<string> Methods => ["iql", "vdn", "qmix", "weighted-qmix"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_all_are_there_nothing_changes(string method)
    {
        using var fixedRoster = new ValueBench(ValueBench.Method(method), Length);
        using var changing = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
        for (var seed = 0; seed < 3; seed++)
        {
            Assert.Equal(fixedRoster.Learn(fixedRoster.Batch(seed, change: End)).Mean, changing.Learn(changing.Batch(seed, change: End)).Mean);
            Assert.Equal(fixedRoster.Parameters, changing.Parameters);
        }

        static void End(Message batch)
        {
            batch.Write(BatchMessages.Terminated)[^1] = 1;
            if (batch.Has(BatchMessages.Ended))
            {
                batch.Write(BatchMessages.Ended)[^2..].Fill(1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_an_absent_agent_sees_and_does_changes_nothing(string method)
    {
        using var one = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
        using var other = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
        using var present = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
        var before = one.Parameters;
        Assert.Equal(one.Learn(one.Batch(1, change: Die)).Greatest, other.Learn(other.Batch(1, change: DieElsewhere)).Greatest);
        Assert.NotEqual(before, one.Parameters);
        Assert.Equal(one.Parameters, other.Parameters);
        present.Learn(present.Batch(1, change: SeeElsewhere)); // had it been there, it would have counted
        Assert.NotEqual(one.Parameters, present.Parameters);

        static void DieElsewhere(Message batch)
        {
            Die(batch);
            SeeElsewhere(batch);
        }
    }

    [Fact]
    public void What_comes_behind_a_life_does_not_count_for_it_but_does_for_the_team()
    {
        foreach (var (method, counts) in new[] { ("iql", false), ("vdn", true) })
        {
            using var one = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
            using var other = new ValueBench(ValueBench.Method(method), Length, fixedRoster: false);
            one.Learn(one.Batch(1, change: Die));
            other.Learn(other.Batch(1, change: batch =>
            {
                Die(batch);
                for (var position = ValueBench.Items; position < Length * ValueBench.Items; position++)
                {
                    batch.Write(BatchMessages.Reward)[position * ValueBench.Agents] = 50; // paid to no one; the common one of this bench
                }
            }));
            Assert.Equal(counts, !one.Parameters.SequenceEqual(other.Parameters));
        }
    }

    [Fact]
    public void A_teams_transition_spans_steps_without_anyone()
    {
        var lives = new Lives(transitions: 3, items: 1, agents: 2, totals: 1);
        var type = BatchMessages.Layout(3, 1, [], 0, fixedRoster: false);
        var batch = Message.Create(
            new MessageLayout(BatchMessages.Kind, [.. type.Fields.Take(BatchMessages.Active), new("active", [4, 1, 2]), new("ended", [3, 1, 2])]), new(0));
        batch.WriteBlock().Clear();
        float[] active = [1, 0, 0, 0, 0, 1, 0, 0];
        active.CopyTo(batch.Write(BatchMessages.Active));
        float[] rewards = [1, 2, 4];
        lives.Take(batch.Seal(), rewards);
        Assert.Equal([3f, 0, 0], rewards);                     // the last one is not whole
        Assert.Equal((1, 1), (lives.Last(0, 0), lives.Count(0))); // it ends where the place after step 1 is
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => lives.Begins(i, 0)));
    }

    /// <summary>The first agent dies with the first transition of every item.</summary>
    private static void Die(Message batch)
    {
        for (var position = 0; position < (Length + 1) * ValueBench.Items; position++)
        {
            batch.Write(BatchMessages.Active)[position * ValueBench.Agents] = position < ValueBench.Items ? 1 : 0;
        }

        for (var item = 0; item < ValueBench.Items; item++)
        {
            batch.Write(BatchMessages.Ended)[item * ValueBench.Agents] = 1;
        }
    }

    /// <summary>It sees something else behind it, and does something else.</summary>
    private static void SeeElsewhere(Message batch)
    {
        for (var position = ValueBench.Items; position < (Length + 1) * ValueBench.Items; position++)
        {
            batch.Write(BatchMessages.Observation).Slice(position * 2 * ValueBench.Agents, 2).Fill(9);
            if (position < Length * ValueBench.Items)
            {
                batch.Write(BatchMessages.Action)[position * ValueBench.Agents] = 2;
            }
        }
    }
}
