using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>What one stage took in a run, and how to make it again.</summary>
/// <param name="Name"><c>team/agent-0</c>.</param>
/// <param name="Component">Its catalog entry, with the names of its ports.</param>
/// <param name="Create">Makes a fresh instance.</param>
/// <param name="Taken">Copies of the tokens, by input, producer and order; to be read, not released.</param>
/// <param name="Unread">Outputs it learned nobody reads, by index.</param>
public sealed record StageInbox(string Name, Component Component, Func<IStage> Create, Values<Values<Values<Message>>> Taken, Values<int> Unread);

/// <summary>
/// The inboxes of all stages of a short simulated run, in memory: each can then be played alone, as often as a test wants.
/// For recordings of real runs, in files, see <see cref="InboxRecorder"/>.
/// </summary>
public static class StageInboxes
{
    /// <summary>Simulates a graph to its end and keeps what every stage takes.</summary>
    public static Result<Values<StageInbox>> Collect(Graph graph)
    {
        var collector = new Collector();
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = new Reader(), Watchers = [collector] });
        return outcome.Ending == RunEnding.Failed
            ? Result.Failure<Values<StageInbox>>(outcome.Failures)
            : Result.Success(collector.Inboxes);
    }

    /// <summary>Reads what a run reads.</summary>
    private sealed class Reader : IRunObserver
    {
        public bool Wants(Node node, OutputPort port) => port.Observed;

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
        }
    }

    private sealed class Collector : ICellWatcher
    {
        private readonly List<(CellAddress Cell, Graph Graph, Watch Watch)> cells = [];

        public Values<StageInbox> Inboxes => cells.Select(c => new StageInbox(
            c.Cell.Name,
            c.Cell.Node.Component,
            () => c.Cell.CreateStage(c.Graph),
            c.Watch.Taken.Select(port => port.Select(lane => lane.ToValues()).ToValues()).ToValues(),
            c.Watch.Unread.ToValues())).ToValues();

        public ICellWatch Watch(CellAddress cell, Topology topology)
        {
            var watch = new Watch(topology.Lanes(cell));
            cells.Add((cell, topology.Graph, watch));
            return watch;
        }
    }

    private sealed class Watch(Values<int> lanes) : ICellWatch
    {
        public List<Message>[][] Taken { get; } = [.. lanes.Select(count => Enumerable.Range(0, count).Select(_ => new List<Message>()).ToArray())];

        public SortedSet<int> Unread { get; } = [];

        public void Took(Firing firing)
        {
            for (var port = 0; port < Taken.Length; port++)
            {
                for (var lane = 0; lane < Taken[port].Length; lane++)
                {
                    for (var k = 0; k < firing.Count(port, lane); k++)
                    {
                        var message = firing[port, lane, k];
                        Taken[port][lane].Add(message.Restamped(message.Stamp)); // a copy: the block is lent again after the firing
                    }
                }
            }
        }

        public void Asked(int port, bool isRead)
        {
            if (!isRead)
            {
                Unread.Add(port);
            }
        }
    }
}
