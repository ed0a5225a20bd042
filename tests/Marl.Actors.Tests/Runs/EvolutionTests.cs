using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Wire;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Evolution strategies as a whole pipeline: what travels, what does not, and that it makes no difference who is where.</summary>
public sealed class EvolutionTests
{
    private const int Generations = 3;

    private static readonly string Text = File.ReadAllText(Repository.Pipeline("es-cartpole"))
        .Replace("generation: 1000", "generation: 200", StringComparison.Ordinal)
        .Replace("every: 128_000", "every: 6_400", StringComparison.Ordinal);

    [Fact]
    public void Weights_travel_to_evaluation_only()
    {
        var graph = Load(Text);
        Assert.Equal(["learner.generations → agent.generations"], Between("learner", "agent"));
        Assert.Equal(["agent.returns → learner.returns"], Between("agent", "learner"));
        Assert.Equal(["learner.weights → evaluation/agent.weights"], Between("learner", "evaluation/agent"));

        IEnumerable<string> Between(string from, string to) => graph.Edges.Where(e => e.From == from && e.To == to).Select(e => e.Name);
    }

    [Fact]
    public void Without_evaluation_they_travel_nowhere()
    {
        var graph = Load(Text[..Text.IndexOf("\nevaluate:", StringComparison.Ordinal)] + "\n");
        Assert.DoesNotContain(graph.Edges, e => e.Output == "weights");
        Assert.Equal(RunEnding.Completed, Run(graph, new()).Ending);
    }

    /// <summary>Parcels as they cross between nodes: heads, layouts where they are new, and floats, of every message in a training agent's name.</summary>
    [Fact]
    public void A_generation_is_as_many_bytes_on_the_wire_for_a_small_network_as_for_a_large_one()
    {
        var (small, large) = (Measured("[8]"), Measured("[256, 256]"));
        Assert.Equal(58, small.Parameters);
        Assert.Equal(67_586, large.Parameters);
        Assert.Equal(small.Bytes, large.Bytes);
        Assert.Equal(2 * ((Generations + 1) + Generations), small.Bytes.Count); // two shards; of generations one at the beginning besides
        Assert.All(small.Bytes, bytes => Assert.InRange(bytes, 100, 400));
    }

    [Fact]
    public void Into_how_many_shards_the_population_is_cut_makes_no_difference()
    {
        var expected = Learned(1);
        Assert.Equal(expected, Learned(2));
        Assert.Equal(expected, Learned(4));

        string Learned(int shards)
        {
            var weights = new Kept(port => port == "weights");
            Run(Load(Text.Replace("shards: 2", $"shards: {shards}", StringComparison.Ordinal)), weights);
            var last = weights.Messages.Last(m => m.Message.Stamp.Update == Generations).Message[WeightsMessages.Parameters];
            return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(last)));
        }
    }

    [Theory]
    [InlineData("adam", "memory: 0")]
    [InlineData("momentum", "memory: 4")]
    public async Task A_run_that_was_stopped_goes_on_to_the_same_end(string optimiser, string memory)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["es.yaml"], Text
            .Replace("sigma: 0.1", $"sigma: 0.1, optimiser: {optimiser}", StringComparison.Ordinal)
            .Replace("hidden: [64, 64]", "hidden: [8], " + memory, StringComparison.Ordinal));
        var request = new ExperimentRequest { Path = folder["es.yaml"], Overrides = new() { StopSteps = 32_000, CheckpointEvery = 6_400, EvaluationEpisodes = 4 } };
        var whole = (await Experiment.RunAsync(request with { Out = folder["whole"] })).Value;

        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with
        {
            Out = folder["parts"],
            Progress = p => (p.EnvironmentSteps >= 12_800 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var rest = (await Experiment.ResumeAsync(new() { Path = folder["parts"] })).Value;
        Assert.Equal(32_000, rest.Summary.EnvironmentSteps);
        Assert.Equal(whole.Summary.WeightsSha256, rest.Summary.WeightsSha256);
        Assert.Equal(whole.Summary.Evaluation?.Mean, rest.Summary.Evaluation?.Mean);
    }

    [Theory]
    [InlineData("copies: 32\n    shards: 2", "copies: 7\n    shards: 1", "an even number of copies")]
    [InlineData("returns: agent.returns |> by-step", "returns: agent.returns |> as-it-comes", "by-step")]
    [InlineData("environment/cart-pole", "environment/tic-tac-toe", "agents that act in every step")]
    public void What_it_does_not_go_with_is_said_before_it_runs(string given, string wrong, string expected)
    {
        Assert.Contains(given, Text, StringComparison.Ordinal);
        var text = Text.Replace(given, wrong, StringComparison.Ordinal).Replace("determinate: true\n", "", StringComparison.Ordinal);
        var found = PipelineCompiler.LoadText(text, "es.yaml", BuiltIn.Catalog, new());
        Assert.Contains(found.Diagnostics, d => d.Severity == Severity.Error && $"{d.Sentence} {d.Remedy}".Contains(expected, StringComparison.Ordinal));
    }

    private static (int Parameters, List<long> Bytes) Measured(string hidden)
    {
        var kept = new Kept(port => port is "generations" or "returns" or "weights");
        Run(Load(Text.Replace("[64, 64]", hidden, StringComparison.Ordinal)), kept);
        var writers = new Dictionary<string, ParcelWriter>();
        var bytes = new List<long>();
        foreach (var (place, message) in kept.Messages.Where(m => m.Message.Layout.Kind != WeightsMessages.Kind))
        {
            if (!writers.TryGetValue(place, out var writer))
            {
                writers.Add(place, writer = new(ConduitLimits.Standard)); // it says a layout once
            }

            var (to, parcel) = (new WireWriter(), new TokenParcel(3, message));
            if (writer.IsNews(parcel))
            {
                writer.WriteLayout(to, message.Layout);
            }

            writer.WriteHead(to, parcel);
            bytes.Add(to.Length + ParcelWriter.Body(parcel).Length);
        }

        return (kept.Messages.First(m => m.Message.Layout.Kind == WeightsMessages.Kind).Message[WeightsMessages.Parameters].Length, [.. bytes.Order()]);
    }

    private static Graph Load(string text)
    {
        var graph = PipelineCompiler.LoadText(text, "es.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = text.Contains("evaluate:", StringComparison.Ordinal) ? 4 : null }).Value;
        return graph with { StopSteps = (long)Generations * graph.Iteration * graph.Copies };
    }

    private static RunOutcome Run(Graph graph, Kept kept) => SimulatedInterpreter.Run(graph, new() { Observer = kept });

    /// <summary>Keeps what goes out of some ports of training.</summary>
    private sealed class Kept(Func<string, bool>? isWanted = null) : IRunObserver
    {
        public List<(string Place, Message Message)> Messages { get; } = [];

        public bool Wants(Node node, OutputPort port) => node.Purpose == Purpose.Training && isWanted?.Invoke(port.Name) == true;

        public void Observe(Node node, OutputPort port, int peer, Message message) => Messages.Add(($"{node.Id}.{port.Name}[{peer}]", message.Retain()));
    }
}
