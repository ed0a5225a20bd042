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
