using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Runtime.Tests.Faults;

/// <summary>A network may lose, double, delay and reorder: what flows along the edges stays the same, and a careless link is found out.</summary>
public sealed class FaultyRunTests(ITestOutputHelper log)
{
    private const string Everything = """
        faults:
          - kind: drop
            edge: "*"
            probability: 0.1
          - kind: duplicate
            edge: "*"
            probability: 0.1
          - kind: delay
            edge: clock.questions -> workers.questions
            probability: 0.1
            by: 3
          - kind: reorder
            edge: "*"
            probability: 0.1
            at: [2, 5]

        """;

    [Fact]
    public void Faults_change_nothing()
    {
        MessagePool.PoisonReleased = true;
        var whole = new RecordingObserver();
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = whole });
        for (var seed = 1; seed <= 50; seed++)
        {
            var (seen, faults) = Run(Everything, seed);
            Assert.Empty(faults.Violations);
            Assert.True(faults.Injected > 50);
            Assert.Equal(whole.Seen, seen);
        }
    }

    [Fact]
    public void A_network_that_loses_all_it_may_still_carries_the_run()
    {
        var (seen, faults) = Run("faults:\n  - kind: drop\n    edge: \"*\"\n    probability: 1\n", seed: 1);
        Assert.Empty(faults.Violations);
        Assert.Equal(20, seen.Count);
    }

    [Fact]
    public void A_seed_repeats_its_faults() => Assert.Equal(Run(Everything, 3).Faults.Injected, Run(Everything, 3).Faults.Injected);

    [Fact]
    public void A_join_that_forgets_a_duplicate_is_found()
    {
        var plan = FaultPlanReader.Parse("faults:\n  - kind: duplicate\n    edge: workers.answers -> clock.answers\n    probability: 0.0002\n", "plan.yaml").Value;
        var found = Enumerable.Range(1, 1000).Select(seed =>
        {
            var faults = new FaultInjection(plan) { Receiver = _ => new Forgetful() };
            SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = new RecordingObserver() }, seed, faults);
            return (seed, faults.Violations);
        }).First(run => run.Violations.Count > 0);
        log.WriteLine($"found at seed {found.seed}");
        Assert.True(found.seed > 1);
        var violation = found.Violations[0];
        Assert.Equal(FaultCodes.Twice, violation.Code);
        Assert.Contains("workers.answers", violation.Sentence);
    }

    [Fact]
    public void An_edge_the_graph_lacks_is_named()
    {
        var plan = FaultPlanReader.Parse("faults:\n  - kind: drop\n    edge: clock.question -> workers.questions\n    at: [1]\n", "plan.yaml").Value;
        var problem = Assert.Single(FaultInjection.Unknown(plan, TestGraphs.Loop(10)));
        Assert.Equal((FaultCodes.NoSuchEdge, 3), (problem.Code, problem.Where.Line));
    }

    private static (List<(Stamp Stamp, float Value)> Seen, FaultInjection Faults) Run(string plan, long seed)
    {
        var observer = new RecordingObserver();
        var faults = new FaultInjection(FaultPlanReader.Parse(plan, "plan.yaml").Value);
        var outcome = SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = observer }, seed, faults);
        Assert.Empty(outcome.Failures);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return (observer.Seen, faults);
    }

    private sealed class Forgetful : LinkReceiver
    {
        protected override bool IsKnown(long number) => false;
    }
}
