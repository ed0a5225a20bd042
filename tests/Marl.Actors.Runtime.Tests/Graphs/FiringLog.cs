using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Tests.Graphs;

/// <summary>Writes down who fired when, and on which thread.</summary>
internal sealed class FiringLog
{
    private readonly List<(string Stage, int Thread)> firings = [];

    /// <summary>Stages in the order of their firings, as <c>workers/b</c>.</summary>
    public IReadOnlyList<string> Order => [.. firings.Select(f => f.Stage)];

    /// <summary>The threads that firings ran on.</summary>
    public IReadOnlyList<int> Threads => [.. firings.Select(f => f.Thread).Distinct()];

    /// <summary>The graph with all stages but its clock watched.</summary>
    public Graph Watch(Graph graph) => graph with
    {
        Nodes = [.. graph.Nodes.Select(n => n.Component.IsClock ? n : n with { Component = Watch(n.Component) })],
    };

    private Component Watch(Component component) => component with
    {
        Create = (options, context) => new Watched(component.Create(options, context), $"{context.Stage}/{context.InstanceName}", this),
    };

    private void Add(string stage)
    {
        lock (firings)
        {
            firings.Add((stage, Environment.CurrentManagedThreadId));
        }
    }

    private sealed class Watched(IStage stage, string name, FiringLog log) : IStage
    {
        public Needs Needs => stage.Needs;

        public void Start(IOutputs outputs) => stage.Start(outputs);

        public void Fire(Firing firing, IOutputs outputs)
        {
            log.Add(name);
            stage.Fire(firing, outputs);
        }

        public void Save(StageSnapshot snapshot) => stage.Save(snapshot);

        public void Load(StageSnapshot snapshot) => stage.Load(snapshot);

        public void Dispose() => stage.Dispose();
    }
}
