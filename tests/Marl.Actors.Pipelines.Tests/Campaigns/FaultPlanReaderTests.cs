using Marl.Actors.Pipelines.Campaigns;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Campaigns;

public sealed class FaultPlanReaderTests
{
    [Fact]
    public void Faults_are_read_in_order()
    {
        var plan = FaultPlanReader.Parse("""
            faults:
              - kind: delay
                edge: team.rollouts -> learner.rollouts
                at: [1, 7]
                by: 4
              - kind: drop
                edge: "*"
                probability: 0.05

            """, "plan.yaml").Value;

        Assert.Equal([FaultKind.Delay, FaultKind.Drop], plan.Faults.Select(f => f.Kind));
        Assert.Equal("team.rollouts → learner.rollouts", plan.Faults[0].Edge.Value);
        Assert.Equal([1, 7], plan.Faults[0].At);
        Assert.Equal((4, 0.0), (plan.Faults[0].By, plan.Faults[0].Probability));
        Assert.Equal(0.05, plan.Faults[1].Probability);
    }

    [Fact]
    public void Crashes_stand_among_the_faults()
    {
        var plan = FaultPlanReader.Parse("""
            faults:
              - crash: learner
                at: [3]
              - kind: drop
                edge: "*"
                probability: 0.05
              - crash: team/agent-1
                probability: 0.02
            save: 10

            """, "plan.yaml").Value;

        Assert.Single(plan.Faults);
        Assert.Equal(["learner", "team/agent-1"], plan.Crashes.Select(c => c.Stage.Value));
        Assert.Equal([3], plan.Crashes[0].At);
        Assert.Equal(0.02, plan.Crashes[1].Probability);
        Assert.True(plan.Crashes[1].Concerns("team", "team/agent-1"));
        Assert.False(plan.Crashes[1].Concerns("team", "team/agent-0"));
        Assert.Equal(new SaveRule(10), plan.Saves);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("save: each-update", null)]
    [InlineData("save: never", 0L)]
    [InlineData("save: 1_000", 1000L)]
    public void Stages_that_crash_are_saved_at_each_update_unless_the_plan_says_otherwise(string save, long? firings) =>
        Assert.Equal(firings, FaultPlanReader.Parse($"faults:\n  - crash: \"*\"\n    at: [1]\n{save}\n", "plan.yaml").Value.Saves.Firings);

    [Theory]
    [InlineData("crash: learner", FaultPlanCodes.MissingKey, 2)]
    [InlineData("crash: learner\n    edge: a.b -> c.d\n    at: [1]", FaultPlanCodes.UnknownKey, 3)]
    [InlineData("crash: learner\n    probability: 1.5", FaultPlanCodes.BadValue, 3)]
    [InlineData("crash: learner\n    at: [1]\nsave: often", FaultPlanCodes.BadValue, 4)]
    [InlineData("crash: learner\n    at: [1]\nsave: 0", FaultPlanCodes.BadValue, 4)]
    [InlineData("kind: crash\n    edge: a.b -> c.d\n    at: [1]", FaultPlanCodes.BadValue, 2)]
    [InlineData("kind: drop\n    edge: a.b -> c.d\n    at: [1]\nsave: 3", FaultPlanCodes.BadValue, 5)]
    public void What_is_wrong_about_a_crash_has_its_line(string fault, string code, int line) => What_is_wrong_has_its_line(fault, code, line);

    [Theory]
    [InlineData("kind: dorp\n    edge: a.b -> c.d\n    at: [1]", FaultPlanCodes.BadValue, 2)]
    [InlineData("kind: drop\n    at: [1]", FaultPlanCodes.MissingKey, 2)]
    [InlineData("kind: drop\n    edge: a.b -> c.d", FaultPlanCodes.MissingKey, 2)]
    [InlineData("kind: drop\n    edge: a.b -> c.d\n    probability: 2", FaultPlanCodes.BadValue, 4)]
    [InlineData("kind: drop\n    edge: a.b -> c.d\n    at: [0]", FaultPlanCodes.BadValue, 4)]
    [InlineData("kind: drop\n    edge: a.b -> c.d\n    at: [1]\n    by: 3", FaultPlanCodes.BadValue, 5)]
    [InlineData("kind: drop\n    edge: a.b -> c.d\n    at: [1]\n    often: 3", FaultPlanCodes.UnknownKey, 5)]
    public void What_is_wrong_has_its_line(string fault, string code, int line)
    {
        var problem = Assert.Single(FaultPlanReader.Parse($"faults:\n  - {fault}\n", "plan.yaml").Diagnostics);
        Assert.Equal((code, line), (problem.Code, problem.Where.Line));
        Assert.NotEmpty(problem.Remedy);
    }
}
