using Marl.Actors.Coordination.Hierarchy;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Hierarchy;

/// <summary>Two groups of four; a report is x, y and a third number.</summary>
public sealed class GroupsStageTests
{
    private static readonly GroupsOptions Options = new(Groups: 2, Extent: 2, Report: 3);

    [Fact]
    public void A_coordinator_sees_the_mean_and_each_member_from_there()
    {
        var bench = Asked(Stage(hasCentres: false));
        Assert.Equal([0, 1], bench.Sent.Select(s => s.Peer));
        Assert.Equal([1.5f, 1, 2, -1.5f, 0, 2, -0.5f, 0, 2, 0.5f, 0, 2, 1.5f, 0, 2], bench.Last(GroupsComponent.Steps, 0)[StepMessages.Observation].ToArray());
        Assert.Equal([5.5f, 1], bench.Last(GroupsComponent.Steps, 1)[StepMessages.Observation][..2].ToArray());
        Assert.Equal([1.5f], bench.Last(GroupsComponent.Steps, 0)[StepMessages.Reward].ToArray()); // the mean of 0, 1, 2, 3
        Assert.Equal([5.5f], bench.Last(GroupsComponent.Steps, 1)[StepMessages.Reward].ToArray());
        Assert.Equal(new Stamp(3, 2), bench.Last(GroupsComponent.Steps, 1).Stamp);
    }

    // 2 × 2 goals at ±1 around the middle of the region, rows from below; 23 is the last of 24 ways: 3 2 1 0.
    [Theory]
    [InlineData(false, "-1 -1|1 -1|-1 1|1 1|1 1|-1 1|1 -1|-1 -1")]
    [InlineData(true, "9 -1|11 -1|9 1|11 1|21 31|19 31|21 29|19 29")]
    public void Choices_are_orders_of_the_goals_around_each_group_s_centre(bool hasCentres, string expected)
    {
        var stage = Stage(hasCentres);
        var bench = Asked(stage);
        Assert.Equal((0, 1, hasCentres ? 1 : 0), (stage.Needs[0], stage.Needs[1], stage.Needs[2]));
        var stamp = new Stamp(3, 2);
        (int, Message[]) choices = (GroupsComponent.Choices, [HierarchyBench.Choice(stamp, 0), HierarchyBench.Choice(stamp, 23)]);
        (int, Message[]) centres = (GroupsComponent.Centres, [HierarchyBench.Goal(stamp, 10, 0), HierarchyBench.Goal(stamp, 20, 30)]);
        bench.Fire(hasCentres ? [choices, centres] : [choices]);
        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, 8).Select(m => string.Join(' ', bench.Last(GroupsComponent.Goals, m)[GoalMessages.Goal].ToArray()))));
        Assert.Equal((1, 0, 0), (stage.Needs[0], stage.Needs[1], stage.Needs[2]));
    }

    [Fact]
    public void Ends_of_episodes_are_told_to_the_coordinator()
    {
        var stage = Stage(hasCentres: false);
        var bench = new HierarchyBench(stage, 8, 2, 0);
        bench.Fire((GroupsComponent.Reports, [.. Enumerable.Range(0, 8).Select(m => HierarchyBench.Step(default, [m, 1, 2], [m], truncated: [1], finals: [10 * m, 1, 2]))]));
        Assert.Equal([1], bench.Last(GroupsComponent.Steps, 0)[StepMessages.Truncated].ToArray());
        Assert.Equal([15, 1, 2, -15, 0, 2], bench.Last(GroupsComponent.Steps, 0)[StepMessages.FinalObservation][..6].ToArray());
    }

    [Fact]
    public void What_it_awaits_is_saved()
    {
        var stage = Stage(hasCentres: false);
        Asked(stage);
        var snapshot = new StageSnapshot();
        stage.Save(snapshot);
        var loaded = Stage(hasCentres: false);
        loaded.Load(snapshot);
        Assert.Equal(1, loaded.Needs[1]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void More_goals_than_can_be_shared_out_are_refused(int rows, int columns) =>
        Assert.Contains("shares out 2 to 6", Assert.Single(new GroupsOptions(1, rows, columns).Conflicts()).Sentence);

    private static GroupsStage Stage(bool hasCentres)
    {
        var inputs = new Dictionary<string, Values<PortType>> { ["reports"] = [.. Enumerable.Repeat(HierarchyBench.Steps(1, 3), 8)] };
        if (hasCentres)
        {
            inputs["centres"] = [.. Enumerable.Repeat(GoalMessages.Type(Term.Of(1)), 2)];
        }

        return new(Options, HierarchyBench.Context(Purpose.Training, inputs));
    }

    // Member m reports from x = m, y = 1, and got m.
    private static HierarchyBench Asked(GroupsStage stage)
    {
        var bench = new HierarchyBench(stage, 8, 2, 2);
        bench.Fire((GroupsComponent.Reports, [.. Enumerable.Range(0, 8).Select(m => HierarchyBench.Step(new(3, 2), [m, 1, 2], [m]))]));
        return bench;
    }
}
