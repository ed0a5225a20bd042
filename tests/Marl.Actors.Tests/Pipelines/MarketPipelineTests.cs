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
}
