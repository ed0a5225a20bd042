using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Populations as whole pipelines.</summary>
public sealed class PopulationTests
{
    private static readonly string Spread = File.ReadAllText(Repository.Pipeline("pbt-spread")).Replace("every: 20\n", "every: 2\n", StringComparison.Ordinal);

    /// <summary>Jaderberg et al. 2017, figure 2: two members that each see one half of the hill.</summary>
    [Theory]
    [InlineData("truncation", 1.15, 1.2)]
    [InlineData("none", 0.34, 0.44)]
    public async Task The_toy_reaches_the_top_only_where_members_go_on_from_each_other(string exploit, float least, float most)
    {
        var text = File.ReadAllText(Repository.Pipeline("pbt-toy")).Replace("default: truncation", $"default: {exploit}", StringComparison.Ordinal);
        var watch = new Watch(ScoreMessages.Kind, ScoreMessages.Return);
        await RunAsync(Of(text), watch);
        Assert.InRange(watch.Seen[0], -0.43f, -0.41f);
        Assert.InRange(watch.Seen[^1], least, most);
    }

    [Fact]
    public async Task Alone_a_member_learns_as_if_there_were_no_population()
    {
        // Halves, quarters, … are what a message carries in single precision; an order for each update keeps the stamps, of which
        // agents make their random keys, the same.
        var alone = Spread
            .Replace("every: 2\n", "every: 1\n", StringComparison.Ordinal)
            .Replace("copies: 40\n    shards: 5", "copies: 8", StringComparison.Ordinal)
            .Replace("      settings: [learningRate, entropy]\n", "      settings: [learningRate, entropy]\n      first: [0.001953125, 0.0078125]\n", StringComparison.Ordinal);
        var begin = alone.IndexOf("  population:\n", StringComparison.Ordinal);
        var without = (alone[..begin] + alone[alone.IndexOf("stop:", StringComparison.Ordinal)..])
            .Replace("      orders: population.orders\n", "", StringComparison.Ordinal)
            .Replace("  exchange: { type: text, default: truncation }\n", "", StringComparison.Ordinal)
            .Replace("learningRateSchedule: constant", "learningRateSchedule: constant, learningRate: 0.001953125, entropy: 0.0078125", StringComparison.Ordinal);

        Assert.Equal(await Weights(without, 4_000), await Weights(alone, 4_000));
    }

    [Fact]
    public async Task The_best_member_sits_where_evaluation_hears_it()
    {
        var orders = new Watch(OrderMessages.Kind, OrderMessages.From);
        var graph = Of(Spread);
        await RunAsync(graph with { StopSteps = 3L * graph.Iteration * graph.Copies }, orders);
        var rounds = orders.Seen.Chunk(5).ToArray();
        Assert.Equal([0, 1, 2, 3, 4], rounds[0]); // first settings
        Assert.All(rounds[1..], from => Assert.Equal(4, from[..4].Distinct().Count())); // the last one copies
        Assert.All(rounds[1..], from => Assert.Equal(from[0], from[4]));
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_to_the_same_end()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["spread.yaml"], Spread.Replace("every: 400_000", "every: 4_000", StringComparison.Ordinal));
        var request = new ExperimentRequest { Path = folder["spread.yaml"], Overrides = new BindingOverrides { StopSteps = 12_000, EvaluationEpisodes = 4 } };
        var whole = (await Experiment.RunAsync(request with { Out = folder["whole"] })).Value;
        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with
        {
            Out = folder["parts"],
            Progress = p => (p.EnvironmentSteps >= 4_000 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var rest = await Experiment.ResumeAsync(new() { Path = folder["parts"] });
        Assert.Equal(whole.Summary.WeightsSha256, rest.Value.Summary.WeightsSha256);
        Assert.Equal(12_000, whole.Summary.EnvironmentSteps);
        Assert.Equal(12_000 / 2_000, File.ReadLines(Path.Combine(folder["whole"], "training.csv")).Count() - 1); // a row an exchange
        foreach (var run in (string[])["whole", "parts"])
        {
            var steps = File.ReadLines(Path.Combine(folder[run], "evaluation.csv")).Skip(1).Select(row => row.Split(',')[1]);
            Assert.Equal(["0", "4000", "8000", "12000"], steps);
        }
    }

    [Theory]
    [InlineData("settings: [learningRate, entropy]", "settings: [hidden, entropy]", "'learner' (algorithm/ippo) needs settings among clip, entropy, gamma")]
    [InlineData("every: 2\n", "every: 2\n      first: [1, 1]\n", "'population' (population/pbt) needs as many members as 'first' has settings for (1)")]
    [InlineData("members: learner.members |> by-step", "members: learner.members |> as-it-comes", "a token from each member at once")]
    public void What_does_not_fit_is_said_beforehand(string old, string changed, string sentence)
    {
        Assert.Contains(old, Spread, StringComparison.Ordinal);
        var found = PipelineCompiler.LoadText(Spread.Replace(old, changed, StringComparison.Ordinal), "spread.yaml", BuiltIn.Catalog, BindingOverrides.None);
        Assert.Contains(found.Diagnostics, d => d.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    private static Graph Of(string text)
    {
        var found = PipelineCompiler.LoadText(text, "population.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 1 });
        Assert.Empty(found.Diagnostics);
        return found.Value;
    }

    private static async Task<string> Weights(string text, long steps)
    {
        using var edges = new TraceRecorder();
        var outcome = await RunAsync(Of(text) with { StopSteps = steps }, new PortDigests(), edges);
        return edges.Trace(outcome.EnvironmentSteps, []).Edges.Single(e => e.Name == "learner.weights → team.weights").Digest;
    }

    private static async Task<RunOutcome> RunAsync(Graph graph, IRunObserver observer, TraceRecorder? edges = null)
    {
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = observer, Trace = edges });
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return outcome;
    }

    /// <summary>The first number of a field, of every message of a kind.</summary>
    private sealed class Watch(string kind, int field) : IRunObserver
    {
        public List<float> Seen { get; } = [];

        public bool Wants(Node node, OutputPort port) => port.Kind == kind;

        public void Observe(Node node, OutputPort port, int peer, Message message) => Seen.Add(message[field][0]);
    }
}
