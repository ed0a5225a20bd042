using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Tests.Graphs;

/// <summary>Graphs made by hand of the test components.</summary>
internal static class TestGraphs
{
    /// <summary>A clock asks three workers; a sum listens to them.</summary>
    public static Graph Loop(long steps, long checkpoints = long.MaxValue / 4, Component? sum = null, int capacity = 2, Values<OperatorUse> reportOperators = default, Merge merge = Merge.ByStep)
    {
        var workers = new[] { "a", "b", "c" }.ToValues();
        return new()
        {
            Name = "loop",
            Seed = 7,
            Iteration = TestStages.PerIteration,
            StopSteps = steps,
            CheckpointSteps = checkpoints,
            Nodes =
            [
                Node("clock", TestStages.Clock, [""], 3),
                Node("workers", TestStages.Worker, workers, 1) with { Each = "clock.workers" },
                Node("sum", sum ?? TestStages.Sum, [""], 3),
            ],
            Edges =
            [
                Link("workers", "answers", "clock", "answers", capacity) with { Merge = Merge.ByStep },
                Link("clock", "questions", "workers", "questions", capacity),
                Link("workers", "reports", "sum", "reports", capacity) with { Merge = merge, Operators = reportOperators },
            ],
        };
    }

    /// <summary>Two relays that wait for each other, beside a clock that runs.</summary>
    public static Graph Deadlock()
    {
        var loop = Loop(10);
        return loop with
        {
            Nodes = [.. loop.Nodes, Node("ping", TestStages.Relay, [""], 1), Node("pong", TestStages.Relay, [""], 1)],
            Edges = [.. loop.Edges, Link("ping", "numbers", "pong", "numbers", 2), Link("pong", "numbers", "ping", "numbers", 2)],
        };
    }

    private static Node Node(string id, Component component, Values<string> instances, int peers) => new()
    {
        Id = id,
        Component = component,
        Options = new NoOptions(),
        Instances = instances,
        Types = Enumerable.Repeat(Types(component, peers), instances.Count).ToValues(),
    };

    private static BoundTypes Types(Component component, int peers) => new(
        component.Inputs.ToDictionary(p => p.Name, _ => Enumerable.Repeat(TestStages.Type, peers).ToValues()),
        component.Outputs.ToDictionary(p => p.Name, _ => new[] { TestStages.Type }.ToValues()));

    private static Edge Link(string from, string output, string to, string input, int capacity) =>
        new() { From = from, Output = output, To = to, Input = input, Capacity = capacity };
}
