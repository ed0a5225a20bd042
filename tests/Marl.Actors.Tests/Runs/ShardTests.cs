using System.Collections.Concurrent;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>A world whose copies are divided among several actors.</summary>
public sealed class ShardTests
{
    [Fact]
    public void Stages_of_a_shard_hear_their_own_shard_and_a_learner_beside_them_hears_all()
    {
        var graph = Load("mappo-speaker-listener", 2);
        var (world, team, learner) = (graph["world"], graph["team"], graph["learner"]);

        Assert.Equal(["0", "1"], world.Instances);
        Assert.Equal(["0.speaker-0", "0.listener-0", "1.speaker-0", "1.listener-0"], team.Instances);
        Assert.Equal(["speaker-0", "listener-0"], team.Members);
        Assert.Equal([(0, 0), (0, 1), (1, 2), (1, 3)], Links("world", "team"));
        Assert.Equal([(0, 0), (1, 0)], Links("world", "learner"));
        Assert.Equal([(0, 0), (0, 1), (0, 2), (0, 3)], Links("learner", "team"));
        Assert.Equal([(0, 0), (0, 1)], Links("learner", "evaluation/team"));
        Assert.Equal(2 * world.Copies, graph.Copies);
        Assert.Equal((1, 2), (graph["evaluation/world"].Instances.Count, graph["evaluation/team"].Instances.Count));

        IEnumerable<(int Producer, int Consumer)> Links(string from, string to) => graph.Edges.First(e => e.From == from && e.To == to).Links(graph);
    }

    [Fact]
    public void Copies_begin_with_the_episodes_that_they_have_in_an_undivided_world()
    {
        Assert.Equal(Beginnings("ippo-spread", 1), Beginnings("ippo-spread", 4));
    }

    [Theory]
    [InlineData(Interpreter.Simulated, Interpreter.Local)]
    [InlineData(Interpreter.Local, Interpreter.Simulated)]
    public async Task A_run_that_was_stopped_goes_on_to_the_same_end(Interpreter first, Interpreter second)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["spread.yaml"], Sharded.Text("ippo-spread", 2));
        var request = new ExperimentRequest { Path = folder["spread.yaml"], Overrides = new BindingOverrides { StopSteps = 2_000, EvaluationEpisodes = 4 } };
        var whole = (await Experiment.RunAsync(request with { Out = folder["whole"] })).Value;
        Assert.Equal(2_000, whole.Summary.EnvironmentSteps);

        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with
        {
            Out = folder["parts"],
            Interpretation = new(first),
            Progress = p => (p.EnvironmentSteps >= 800 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        Assert.InRange(part.Value.Summary.EnvironmentSteps, 800, 1_800);
        var rest = await Experiment.ResumeAsync(new() { Path = folder["parts"], Interpretation = new(second) });
        Assert.Empty(rest.Diagnostics);
        Assert.Equal(whole.Summary.WeightsSha256, rest.Value.Summary.WeightsSha256);
    }

    private static Graph Load(string pipeline, int shards) =>
        PipelineCompiler.LoadText(Sharded.Text(pipeline, shards), $"{pipeline}.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 4 }).Value;

    /// <summary>What the agents see first, by agent and copy over all shards.</summary>
    private static string Beginnings(string pipeline, int shards)
    {
        var graph = Load(pipeline, shards);
        var recorder = new FirstSteps(shards);
        SimulatedInterpreter.Run(graph with { StopSteps = (long)graph.Iteration * graph.Copies }, new() { Observer = recorder, Stop = CancellationToken.None });
        return recorder.Text;
    }

    /// <summary>Keeps the first observation of every agent in every shard; instances are told apart by their order, which the first token of each has.</summary>
    private sealed class FirstSteps(int shards) : IRunObserver
    {
        private readonly ConcurrentDictionary<int, List<float[]>> seen = new();

        public string Text => string.Join('\n', seen.OrderBy(s => s.Key).Select(s => string.Join(' ', s.Value.SelectMany(v => v).Order())));

        public bool Wants(Node node, OutputPort port) => node.Purpose == Purpose.Training && port.Kind == StepMessages.Kind;

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
            var all = seen.GetOrAdd(peer, _ => []);
            if (all.Count < shards && message.Stamp == default)
            {
                all.Add(message[StepMessages.Observation].ToArray());
            }
        }
    }
}
