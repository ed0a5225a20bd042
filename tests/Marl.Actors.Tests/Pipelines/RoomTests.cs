using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>The least capacities are the least: with one less on an edge that must gather, a run has to make room.</summary>
public sealed class RoomTests
{
    [Theory]
    [InlineData("mappo-spread", "world.state → learner.state", 26)]   // a rollout, and the state behind its last step
    [InlineData("mappo-speaker-listener", "world.state → learner.state", 26)]
    [InlineData("qmix-two-step", "world.state → memory.state", 3)]
    public void One_less_on_an_edge_of_a_loop_and_room_must_be_made(string pipeline, string edge, int least)
    {
        var graph = Experiment.Load(Repository.Pipeline(pipeline), overrides: new() { EvaluationEpisodes = 4 }).Value;
        graph = graph with { StopSteps = 2L * graph.Iteration * graph.Copies, Edges = graph.Edges.Select(e => e with { Capacity = e.LeastCapacity!.Value }).ToValues() };

        Assert.Equal(least, graph.Edges.Single(e => e.Name == edge).LeastCapacity);
        Assert.Equal(0, Growths(graph));
        Assert.Equal(1, Growths(graph with { Edges = graph.Edges.Select(e => e.Name == edge ? e with { Capacity = least - 1, LeastCapacity = least - 1 } : e).ToValues() }));
    }

    private static int Growths(Graph graph)
    {
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = new Nobody() });
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return outcome.Growths;
    }

    private sealed class Nobody : IRunObserver
    {
        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
        }
    }
}
