using Marl.Actors.Core.Messages;
using Marl.Actors.Experiments;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Exploring;

/// <summary>Learning over a network with faults gives the same bits as without.</summary>
public sealed class ExplorerTests
{
    private const string Plan = """
        faults:
          - kind: drop
            edge: "*"
            probability: 0.05
          - kind: duplicate
            edge: "*"
            probability: 0.05
          - kind: reorder
            edge: "*"
            probability: 0.05
          - kind: delay
            edge: team.actions -> world.actions
            probability: 0.05
            by: 3

        """;

    [Fact]
    public void A_real_pipeline_learns_the_same_whatever_the_network_does()
    {
        MessagePool.PoisonReleased = true;
        var report = Explorer.Run(new()
        {
            Path = Repository.Pipeline("ippo-climbing"),
            Overrides = new() { StopSteps = 1_600, EvaluationEpisodes = 4 },
            Faults = FaultPlanReader.Parse(Plan, "plan.yaml").Value,
            Seeds = 5,
        });
        Assert.Empty(report.Diagnostics);
        Assert.Empty(report.Value.Violations);
        Assert.Equal(5, report.Value.Seeds);
        Assert.True(report.Value.Faults > 100);
    }

    [Fact]
    public void Where_actors_take_the_newest_weights_a_schedule_is_found_that_gives_other_bits()
    {
        using var folder = new TemporaryFolder();
        var path = folder["latest.yaml"];
        File.WriteAllText(path, File.ReadAllText(Repository.Pipeline("ippo-two-step")).Replace("lag(updates=0)", "latest", StringComparison.Ordinal));
        var report = Explorer.Run(new()
        {
            Path = path,
            Overrides = new() { EvaluationEpisodes = 4 },
            Faults = FaultPlanReader.Parse(Plan, "plan.yaml").Value,
            Messages = 500,
            Seeds = 20,
            Reproduce = seed => $"marl explore --from {seed}",
        }).Value;
        Assert.NotEmpty(report.Violations);
        Assert.All(report.Violations, v => Assert.Equal(ExploreCodes.Differs, v.Code));
        Assert.Contains("learner.weights → team.weights", report.Violations[0].Sentence);
        Assert.Contains("The pipeline is not determinate: learner.weights → team.weights |> latest.", report.Violations[0].Sentence);
        Assert.Contains(report.Violations, v => v.Sentence.StartsWith("the weights", StringComparison.Ordinal));
        Assert.All(report.Violations, v => Assert.EndsWith($"marl explore --from {report.Seeds}", v.Remedy));
    }

    [Theory]
    [InlineData("async\n      maxLag: 16")]
    [InlineData("ssp\n      slack: 1")]
    public void A_server_that_answers_as_gradients_come_keeps_to_its_signature(string consistency)
    {
        using var folder = new TemporaryFolder();
        var path = folder["server.yaml"];
        File.WriteAllText(path, File.ReadAllText(Repository.Pipeline("a3c-cartpole")).Replace("async\n      maxLag: 16", consistency, StringComparison.Ordinal));
        for (var schedule = 1; schedule <= 3; schedule++)
        {
            var report = Explorer.Run(new() { Path = path, Overrides = new() { StopSteps = 2_560, EvaluationEpisodes = 4 }, From = schedule, Seeds = 1 });
            Assert.Empty(report.Diagnostics);
            Assert.NotEmpty(report.Value.Violations);
            Assert.All(report.Value.Violations, v => Assert.Equal(ExploreCodes.Differs, v.Code)); // as the file says: not determinate
        }
    }

    [Fact]
    public void Agents_that_lag_two_versions_behind_have_just_those()
    {
        using var folder = new TemporaryFolder();
        var path = folder["lag.yaml"];
        File.WriteAllText(path, File.ReadAllText(Repository.Pipeline("ippo-two-step")).Replace("lag(updates=0)", "lag(updates=2)", StringComparison.Ordinal));
        var report = Explorer.Run(Small() with { Path = path, Seeds = 5 }).Value;
        Assert.Empty(report.Violations);
        Assert.Equal(5 * 2 * 2, report.Tokens.Added); // each of two agents gets the first version two times more
    }

    [Fact]
    public void A_plan_for_another_pipeline_is_refused()
    {
        var problems = Explorer.Run(new()
        {
            Path = Repository.Pipeline("ippo-climbing"),
            Faults = FaultPlanReader.Parse("faults:\n  - kind: drop\n    edge: team.bids -> house.bids\n    at: [1]\n  - crash: team/agent-2\n    at: [1]\n", "plan.yaml").Value,
        }).Diagnostics;
        Assert.Equal([(FaultCodes.NoSuchEdge, 3), (FaultCodes.NoSuchStage, 5)], problems.Select(p => (p.Code, p.Where.Line)));
        Assert.Contains("bids", problems[0].Sentence);
        Assert.Contains("'team/agent-0'", problems[1].Remedy);
    }

    [Fact]
    public void The_report_does_not_depend_on_the_number_of_jobs_and_grows_in_the_order_of_seeds()
    {
        var progress = new List<long>();
        var one = Explorer.Run(Small() with { Jobs = 1, Seeds = 12 }).Value;
        var four = Explorer.Run(Small() with { Jobs = 4, Seeds = 12, Progress = report => progress.Add(report.Seeds) }).Value;
        Assert.Equal(one, four);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), progress);
        Assert.True(one.Crashes > 12, $"{one.Crashes} crashes");
        Assert.True(one.FewestMessages >= 300);
        Assert.Equal(one.Tokens.Produced + one.Tokens.Added, one.Tokens.Consumed + one.Tokens.Pending + one.Tokens.Dropped.Sum(d => d.Tokens));
        Assert.Equal("every", Assert.Single(one.Tokens.Dropped).Operator);
    }

    [Fact]
    public void A_seed_alone_does_what_it_did_among_others()
    {
        var reports = new List<ExploreReport>();
        Explorer.Run(Small() with { Seeds = 4, Progress = reports.Add });
        var alone = Explorer.Run(Small() with { From = 4, Seeds = 1 }).Value;
        Assert.Equal(reports[3].Faults - reports[2].Faults, alone.Faults);
        Assert.Equal(reports[3].Crashes - reports[2].Crashes, alone.Crashes);
    }

    [Fact]
    public void Stopped_it_counts_the_schedules_that_were_done()
    {
        using var stop = new CancellationTokenSource();
        var report = Explorer.Run(Small() with { Seeds = 100_000, Jobs = 3, Stop = stop.Token, Progress = r => (r.Seeds == 5 ? stop : null)?.Cancel() }).Value;
        Assert.Empty(report.Violations);
        Assert.InRange(report.Seeds, 5, 5 + (3 * 4));
    }

    [Fact]
    public void The_actors_are_explored_too_but_not_with_faults()
    {
        var request = Small() with { Interpreter = Interpreter.Local, Seeds = 3, Messages = 100 };
        var refused = Assert.Single(Explorer.Run(request).Diagnostics);
        Assert.Equal((ExploreCodes.NotThere, "plan.yaml"), (refused.Code, refused.Where.File));
        var report = Explorer.Run(request with { Faults = FaultPlan.None }).Value;
        Assert.Equal((3, 0), (report.Seeds, report.Violations.Count));
        Assert.True(report.Tokens.Consumed > 300);
    }

    private static ExploreRequest Small() => new()
    {
        Path = Repository.Pipeline("ippo-two-step"),
        Overrides = new() { EvaluationEpisodes = 4 },
        Messages = 300,
        Faults = FaultPlanReader.Parse(Plan + "  - crash: \"*\"\n    probability: 0.02\n", "plan.yaml").Value,
    };
}
