using Marl.Actors.Catalogs;
using Marl.Actors.Core.Traces;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Gradient learners and a server that waits for all, against one learner beside the same shards.</summary>
public sealed class DistributedPpoTests
{
    private const string Clipped = "maxGradientNorm: 0.5";

    private static readonly string Distributed = File.ReadAllText(Repository.Pipeline("dppo-cartpole")).Replace("copies: 8", "copies: 12", StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Learners_of_shards_with_a_server_are_one_learner_beside_them_to_the_bit(int shards)
    {
        var server = Distributed.IndexOf("\n  server:", StringComparison.Ordinal);
        var together = (Distributed[..server] + "\n" + Distributed[Distributed.IndexOf("\nstop:", StringComparison.Ordinal)..])
            .Replace("algorithm/dppo\n    each: world.shards", "algorithm/ppo", StringComparison.Ordinal)
            .Replace("valueNormalisation: running", $"valueNormalisation: running, learningRate: 5e-4, {Clipped}", StringComparison.Ordinal)
            .Replace("      parameters: server.parameters\n", "", StringComparison.Ordinal);

        Assert.Equal(Learned(together, shards), Learned(Distributed, shards));
    }

    [Fact]
    public void Into_how_many_parts_the_parameters_are_cut_makes_no_difference_where_nothing_is_clipped()
    {
        var whole = Distributed.Replace(Clipped, "maxGradientNorm: 0", StringComparison.Ordinal);
        var cut = whole
            .Replace("with: { activation: tanh, entropy", "with: { parts: 3, activation: tanh, entropy", StringComparison.Ordinal)
            .Replace("parameters: server.parameters", "parameters: server.parameters |> by-step", StringComparison.Ordinal);

        Assert.NotEqual(whole, cut);
        Assert.Equal(Learned(whole, 2), Learned(cut, 2));
    }

    /// <summary>Digests of what agents did and of the policies they got, over three updates.</summary>
    private static string Learned(string text, int shards)
    {
        var graph = PipelineCompiler.LoadText(
            text.Replace("shards: 2", $"shards: {shards}", StringComparison.Ordinal), "distributed.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 4 }).Value;
        using var edges = new TraceRecorder();
        var outcome = SimulatedInterpreter.Run(graph with { StopSteps = 3L * graph.Iteration * graph.Copies }, new() { Observer = new PortDigests(), Trace = edges });
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        var trace = edges.Trace(outcome.EnvironmentSteps, []);
        return string.Join('\n', trace.Edges.Where(e => e.Name is "agent.actions → world.actions" or "learner.weights → agent.weights").Select(e => $"{e.Name}: {e.Digest}"));
    }
}
