using System.Globalization;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Learners that add their gradients among themselves, in whatever way, against learners with a server in their middle.</summary>
public sealed class CollectiveTests
{
    private const int Updates = 2;
    private const int Gradients = Updates * 10 * 4; // epochs and minibatches

    // 8, 3 and 2 divide the copies and all of the parameters, so that pieces are equal.
    private static readonly string Ring = Sized("dd-ppo-cartpole");
    private static readonly string Tree = Ring.Replace("algorithm: ring", "algorithm: tree", StringComparison.Ordinal);

    private static readonly string Middle = Ring
        .Replace("mean: sum.result", "mean: back.values", StringComparison.Ordinal)
        .Replace(Ring[Ring.IndexOf("  sum:\n", StringComparison.Ordinal)..Ring.IndexOf("stop:", StringComparison.Ordinal)], """
              sum:
                uses: collective/reduce
                in:
                  values: learner.gradients |> by-step

              back:
                uses: collective/broadcast
                in:
                  value: sum.result


            """.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task All_ways_are_the_server_s_to_the_bit_under_every_interpreter(int shards)
    {
        MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN
        var expected = Learned(Simulated(Sized("dppo-cartpole"), shards, 0));
        foreach (var text in (string[])[Ring, Tree, Middle])
        {
            Assert.Equal(expected, Learned(Simulated(text, shards, 0)));
        }

        foreach (var text in (string[])[Ring, Tree])
        {
            var edges = All(Simulated(text, shards, 0));
            for (var schedule = 1; schedule <= 2; schedule++)
            {
                Assert.Equal(edges, All(Simulated(text, shards, schedule)));
            }

            foreach (var threads in (int[])[1, 2, 8])
            {
                Assert.Equal(edges, All(await Actors(text, shards, threads)));
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void What_crosses_the_edges_is_what_theory_says(int shards)
    {
        var whole = Floats(Simulated(Ring, shards, 0, isFull: true), "learner.gradients → sum.own", "learner/", "gradient");
        Assert.All(whole, floats => Assert.Equal(whole[0], floats));
        Assert.Equal(shards, whole.Length);
        var ring = Floats(Simulated(Ring, shards, 0, isFull: true), "sum.shares → sum.others", "sum/", "share");
        Assert.All(ring, floats => Assert.Equal(2 * (shards - 1) * whole[0] / shards, floats));
        Assert.Equal(2 * (shards - 1) * whole[0], Floats(Simulated(Tree, shards, 0, isFull: true), "sum.shares → sum.others", "sum/", "share").Sum());
    }

    [Fact]
    public void Another_stage_s_words_are_not_those_of_its_own_instances()
    {
        var wrong = Ring.Replace("  sum:\n", "  other:\n    uses: collective/all-reduce\n    each: world.shards\n    in:\n      own: learner.gradients\n      others: sum.shares |> by-step\n\n  sum:\n", StringComparison.Ordinal);
        var found = PipelineCompiler.LoadText(wrong, "peers.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 4 });
        var finding = Assert.Single(found.Diagnostics, d => d.Code == "MARL2780");
        Assert.Equal("'other.others' hears the other instances of 'other', and 'sum.shares' is none of them.", finding.Sentence);
        Assert.Equal("Write others: other.shares |> by-step.", finding.Remedy);
    }

    /// <summary>24 copies; networks of 144 parameters.</summary>
    private static string Sized(string pipeline) => File.ReadAllText(Repository.Pipeline(pipeline))
        .Replace("copies: 8", "copies: 24", StringComparison.Ordinal)
        .Replace("rollout: 128", "rollout: 16", StringComparison.Ordinal)
        .Replace("hidden: [64, 64]", "hidden: [9]", StringComparison.Ordinal)
        .Replace("with: { activation: tanh, ", "with: { activation: tanh, hidden: [13], ", StringComparison.Ordinal)
        .Replace("      activation: tanh\n", "      activation: tanh\n      hidden: [13]\n", StringComparison.Ordinal);

    private static Trace Simulated(string text, int shards, long schedule, bool isFull = false)
    {
        using var edges = new TraceRecorder(isFull);
        return Traced(SimulatedInterpreter.Run(Of(text, shards), new() { Observer = new PortDigests(), Trace = edges }, schedule), edges);
    }

    private static async Task<Trace> Actors(string text, int shards, int threads)
    {
        using var edges = new TraceRecorder();
        return Traced(await LocalInterpreter.RunAsync(Of(text, shards), new() { Observer = new PortDigests(), Trace = edges, Threads = threads }), edges);
    }

    private static Graph Of(string text, int shards)
    {
        var found = PipelineCompiler.LoadText(text.Replace("shards: 2", $"shards: {shards}", StringComparison.Ordinal), "shards.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 4 });
        Assert.Empty(found.Diagnostics);
        Assert.True(found.Value.IsDeterminate);
        return found.Value with { StopSteps = (long)Updates * found.Value.Iteration * found.Value.Copies };
    }

    private static Trace Traced(RunOutcome outcome, TraceRecorder edges)
    {
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return edges.Trace(outcome.EnvironmentSteps, []);
    }

    /// <summary>What agents did and the policies they got.</summary>
    private static string Learned(Trace trace) => Digests(trace.Edges.Where(e => e.Name is "agent.actions → world.actions" or "learner.weights → agent.weights"));

    private static string All(Trace trace) => Digests(trace.Edges);

    private static string Digests(IEnumerable<TraceEdge> edges) => string.Join('\n', edges.Select(e => $"{e.Name}: {e.Count} {e.Digest}"));

    /// <summary>Of a field, what each instance sent along an edge, for one gradient.</summary>
    private static int[] Floats(Trace trace, string edge, string producer, string field) =>
    [
        .. trace.Edges.Single(e => e.Name == edge).Links.GroupBy(l => l.Name[..l.Name.IndexOf(' ')]).Select(links =>
        {
            Assert.StartsWith(producer, links.Key, StringComparison.Ordinal);
            var floats = links.SelectMany(l => l.Messages).SelectMany(m => m.Fields).Where(f => f.Name == field).Sum(f => int.Parse(f.Shape, CultureInfo.InvariantCulture));
            Assert.Equal(0, floats % Gradients);
            return floats / Gradients;
        }),
    ];
}
