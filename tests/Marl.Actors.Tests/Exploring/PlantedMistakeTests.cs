using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Witnesses;
using Marl.Actors.Testing.Files;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Tests.Exploring;

/// <summary>Mistakes planted into a pipeline of the repository are found, and the message names the guilty place.</summary>
public sealed class PlantedMistakeTests(ITestOutputHelper log)
{
    private const string Pipeline = "ippo-two-step";
    private const string Crashes = "faults:\n  - crash: \"*\"\n    probability: 0.02\n";

    [Fact]
    public void A_join_that_forgets_a_duplicate()
    {
        var report = Explore("faults:\n  - kind: duplicate\n    edge: team.actions -> world.actions\n    probability: 0.0002\n", request => request with
        {
            Messages = 200,
            Seeds = 1000,
            Inject = (plan, witness) => new(plan) { Witness = witness, Receiver = _ => new ForgetfulReceiver() },
        });
        Assert.InRange(report.Seeds, 2, 1000);
        Names(report, FaultCodes.Twice, "team.actions → world.actions", "from 'team/agent-", "twice", $"explore --from {report.Seeds}");
    }

    [Fact]
    public void A_learner_whose_agents_act_with_a_staler_version() => Names(
        Explore("faults: []\n", catalog: PlantedStages.Catalog("algorithm/ippo", inner => new PlantedStages.OneBehind(inner))),
        WitnessCodes.Stale,
        "learner.weights → team.weights |> lag(updates=0)", "'team/agent-", "works on update 1 and takes the version at 0.0; version 1 is the oldest");

    [Fact]
    public void A_lag_that_lags_more_than_it_says()
    {
        var report = Explore("faults: []\n", catalog: PlantedOperators.LaggingMore);
        Names(report, WitnessCodes.NotConserved, "learner.weights → team.weights: 'lag' has passed on 2 tokens", "got 1 from 'learner'");
        Assert.Contains(report.Violations, v => v.Code == WitnessCodes.Stale && v.Sentence.Contains("takes the version at 0.0"));
    }

    [Fact]
    public void A_stage_that_does_not_save_all_its_state() => Names(
        Explore(Crashes, catalog: PlantedStages.Catalog("agent/actor-critic", inner => new PlantedStages.Forgets(inner))),
        null,
        "team.", "'team/agent-", "made anew", "part of its state is not saved");

    [Fact]
    public void A_stage_that_asks_a_generator_of_the_process() => Names(
        Explore("faults: []\n", catalog: PlantedStages.Catalog("agent/actor-critic", inner => new PlantedStages.Guesses(inner))),
        ExploreCodes.Differs,
        "team.", "team/agent-", "All that '", "depends on more than its state and its tokens"); // of training or of evaluation, as the generator will

    [Fact]
    public void An_operator_that_asks_a_generator_of_the_process() => Names(
        Explore("faults: []\n", catalog: PlantedOperators.Catalog, operators: "jitter"),
        ExploreCodes.Differs,
        "world.steps → ", "as taken by '", "team/agent-", "'jitter' on the edge makes the difference");

    [Fact]
    public void An_operator_that_does_not_save_its_state() => Names(
        Explore(Crashes, catalog: PlantedOperators.Catalog, operators: "pulse"),
        null,
        "world.steps → team.steps", "'team/agent-", "made anew", "part of the state of 'pulse'", "is not saved");

    [Fact]
    public void An_operator_that_loses_a_token()
    {
        using var folder = new TemporaryFolder();
        var problems = Explorer.Run(Request(folder, "faults: []\n", PlantedOperators.Catalog, "leak")).Diagnostics;
        Assert.Equal(WitnessCodes.NotConserved, problems[0].Code);
        Assert.Contains("world.steps → team.steps: a token that came from 'world' was last seen going into 'leak', at 0.4.", problems[0].Sentence);
    }

    private ExploreReport Explore(string plan, Func<ExploreRequest, ExploreRequest>? change = null, ComponentCatalog? catalog = null, string? operators = null)
    {
        using var folder = new TemporaryFolder();
        var request = Request(folder, plan, catalog ?? BuiltIn.Catalog, operators);
        var report = Explorer.Run(change?.Invoke(request) ?? request);
        Assert.Empty(report.Diagnostics);
        foreach (var violation in report.Value.Violations)
        {
            log.WriteLine(violation.ToString());
        }

        return report.Value;
    }

    private static ExploreRequest Request(TemporaryFolder folder, string plan, ComponentCatalog catalog, string? operators)
    {
        MessagePool.PoisonReleased = true;
        var path = folder["planted.yaml"];
        var text = File.ReadAllText(Repository.Pipeline(Pipeline));
        File.WriteAllText(path, operators is null ? text : text.Replace("steps: world.steps", $"steps: world.steps |> {operators}", StringComparison.Ordinal));
        return new()
        {
            Path = path,
            Catalog = catalog,
            Faults = FaultPlanReader.Parse(plan, "plan.yaml").Value,
            Messages = 500,
            Seeds = 20,
            Reproduce = seed => $"explore --from {seed}",
        };
    }

    /// <summary>What is reported first names the place. A forgotten state shows in what is sent again or in what is sent next, whichever is drawn.</summary>
    private static void Names(ExploreReport report, string? code, params string[] parts)
    {
        var first = report.Violations[0];
        Assert.Contains(first.Code, code is null ? [WitnessCodes.Unrepeatable, ExploreCodes.Differs] : new[] { code });
        Assert.All(parts, part => Assert.Contains(part, first.ToString()));
    }

    private sealed class ForgetfulReceiver : LinkReceiver
    {
        protected override bool IsKnown(long number) => false;
    }
}
