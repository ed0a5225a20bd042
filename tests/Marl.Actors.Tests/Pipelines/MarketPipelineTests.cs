using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Testing.Pipelines;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>
/// The double auctions of <c>pipelines/markets</c>. A day takes 500 rounds of 22 traders, so that a committed trace would be no
/// document any more: they are held to their figures instead.
/// </summary>
public sealed class MarketPipelineTests
{
    [Fact]
    public async Task Traders_without_intelligence_gain_what_Gode_and_Sunder_say()
    {
        var days = await Days(Read("zero-intelligence-double-auction").Replace("episodes: 400", "episodes: 256", StringComparison.Ordinal));

        Assert.InRange(days[0].Mean, 0.954, 0.974);
    }

    [Fact]
    public async Task Unconstrained_traders_gain_nothing()
    {
        var days = await Days(Read("zero-intelligence-double-auction")
            .Replace("trading: zero-intelligence", "trading: unconstrained", StringComparison.Ordinal)
            .Replace("episodes: 400", "episodes: 32", StringComparison.Ordinal));

        Assert.InRange(days[0].Mean, -0.001, 0.001);
    }

    [Fact]
    public async Task Traders_that_learn_gain_all_within_ten_days()
    {
        // Ten passes of one day; a training world of one copy that is as short as it can be keeps them company.
        var days = await Days(Read("zip-double-auction")
            .Replace("copies: 16", "copies: 1", StringComparison.Ordinal)
            .Replace("steps: 80_000", "steps: 9", StringComparison.Ordinal)
            .Replace("every: 8_000", "every: 1", StringComparison.Ordinal)
            .Replace("episodes: 32", "episodes: 16", StringComparison.Ordinal));

        Assert.Equal(10, days.Count);
        Assert.InRange(days[0].Mean, 0.9, 0.99);
        Assert.InRange(days[9].Mean, 0.99, 1.0001);
    }

    /// <summary>To a step of the grid that shares are chosen from: at equilibrium n bidders with values drawn evenly from 0 to 1 offer (n − 1) / n of them at the first price (Vickrey 1961).</summary>
    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(4, 0.75)]
    public async Task Bidders_that_learn_shade_their_bids_as_theory_says(int bidders, double share)
    {
        const long steps = 128_000;
        var text = Read("learned-first-price").Replace("workers: 4", $"workers: {bidders}", StringComparison.Ordinal);
        var graph = PipelineCompiler.LoadText(text, "market.yaml", BuiltIn.Catalog, new() { StopSteps = steps, EvaluationEpisodes = 1 }).Value;
        var watch = new TradeWatch(from: (int)(0.7 * steps / graph.Iteration / graph.Copies));
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = watch });
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.InRange(watch.Paid / watch.Worth, share - 0.055, share + 0.055);
        Assert.InRange(watch.Worth / watch.Auctions * (bidders + 1) / bidders, 0.97, 1.005); // of n / (n + 1), the highest value
    }

    [Fact]
    public void Bidders_that_learn_keep_the_contracts_of_stages() =>
        (TestedPipeline.Of(Path.Combine(Repository.Root, "pipelines", "markets", "learned-first-price.yaml")) with { Overrides = new() { EvaluationEpisodes = 2 } }).VerifyContracts();

    [Theory]
    [InlineData("      choices: policy.actions\n", "", "needs a policy's 'choices' besides, to bid as it says ('bidding: learned')")]
    [InlineData("bidding: learned", "bidding: fixed", "needs 'bidding: learned', to bid as a policy says")]
    public void Bidders_that_learn_and_a_policy_belong_together(string old, string changed, string sentence)
    {
        var text = Read("learned-first-price");
        Assert.Contains(old, text, StringComparison.Ordinal);
        var found = PipelineCompiler.LoadText(text.Replace(old, changed, StringComparison.Ordinal), "market.yaml", BuiltIn.Catalog, BindingOverrides.None);
        Assert.Contains(found.Diagnostics, d => d.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    /// <summary>Against the rows that don't coordinate; 25 steps of 8 tasks, of which the best assignment gets 167.7.</summary>
    [Theory]
    [InlineData("vcg", 0.95, 1.01)]
    [InlineData("contract-net", 0.93, 0.95)]
    [InlineData("sequential", 0.91, 0.93)]
    [InlineData("second-price", 0.70, 0.73)]
    [InlineData("greedy", 0.68, 0.71)]
    [InlineData("random", 0.34, 0.39)]
    public async Task Auctions_assign_work_as_well_as_their_rules_allow(string name, double least, double most)
    {
        var days = await Days(File.ReadAllText(Repository.Pipeline(name + "-task-allocation"))
            .Replace("steps: 3_200", "steps: 32", StringComparison.Ordinal)
            .Replace("every: 3_200", "every: 32", StringComparison.Ordinal)
            .Replace("episodes: 400", "episodes: 100", StringComparison.Ordinal));

        Assert.InRange(days[0].Mean / 167.7, least, most);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "pipelines", "markets", name + ".yaml"));

    private static async Task<List<Sample>> Days(string text)
    {
        var graph = PipelineCompiler.LoadText(text, "market.yaml", BuiltIn.Catalog, BindingOverrides.None).Value;
        var watch = new ScoreWatch();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = watch });
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return watch.Days;
    }

    private sealed class ScoreWatch : IRunObserver
    {
        public List<Sample> Days { get; } = [];

        public bool Wants(Node node, OutputPort port) => port.Kind == ScoreMessages.Kind;

        public void Observe(Node node, OutputPort port, int peer, Message message) =>
            Days.Add(EvaluationScores.Of([message], RewardConvention.PerAgent, ReturnConvention.TeamSum).Returns);
    }
    /// <summary>What was paid for, and what it was worth to those who had it, from some iteration on.</summary>
    private sealed class TradeWatch(int from) : IRunObserver
    {
        public double Paid { get; private set; }

        public double Worth { get; private set; }

        public double Auctions { get; private set; }

        public bool Wants(Node node, OutputPort port) => node.Purpose == Purpose.Training && port.Kind is AwardMessages.Kind or EpisodeMessages.Kind;

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
            if (message.Stamp.Update < from)
            {
                return;
            }

            if (port.Kind == AwardMessages.Kind)
            {
                Paid += Sum(message[AwardMessages.Paid]);
            }
            else
            {
                Worth += Sum(message[EpisodeMessages.Return]);
                Auctions += message[EpisodeMessages.Length][0];
            }
        }

        private static double Sum(ReadOnlySpan<float> numbers)
        {
            var sum = 0.0;
            foreach (var number in numbers)
            {
                sum += number;
            }

            return sum;
        }
    }
}
