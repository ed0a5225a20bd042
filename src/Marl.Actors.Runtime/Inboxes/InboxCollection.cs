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

/// <summary>What one operator between two instances took in a run, and how to make it again.</summary>
/// <param name="Name"><c>lag on learner.weights → team.weights: learner → team/agent-0</c>.</param>
/// <param name="Create">Makes a fresh instance.</param>
/// <param name="Taken">Copies of the tokens, in order; to be read, not released.</param>
/// <param name="HasEnded">The end followed them.</param>
public sealed record OperatorInbox(string Name, Func<IOperator> Create, Values<Message> Taken, bool HasEnded);

/// <summary>
/// What all stages and operators of a short simulated run took, in memory: each can then be played alone, as often as a test
/// wants. For recordings of real runs, in files, see <see cref="InboxRecorder"/>.
/// </summary>
/// <param name="Stages">The stages, instance by instance.</param>
/// <param name="Operators">The operators, link by link.</param>
public sealed record InboxCollection(Values<StageInbox> Stages, Values<OperatorInbox> Operators)
{
    /// <summary>Simulates a graph to its end and keeps what everything in it takes. A stage that fires otherwise than its signature says fails it.</summary>
    public static Result<InboxCollection> Of(Graph graph)
    {
        var collector = new Collector();
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = new Reader(), Watchers = [collector], ChecksSignatures = true });
        return outcome.Ending == RunEnding.Failed
            ? Result.Failure<InboxCollection>(outcome.Failures)
            : Result.Success(new InboxCollection(collector.Stages, collector.Operators));
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

        public Values<OperatorInbox> Operators => cells.SelectMany(c => c.Watch.Links.OrderBy(l => l.Key.Id).SelectMany(l => l.Value.Tokens.Select((tokens, i) => new OperatorInbox(
            $"{l.Key.Edge.Operators[i].Component.Id} on {l.Key.Edge.Name}: {l.Key.Producer.Name} → {l.Key.Consumer.Name}",
            () => l.Key.CreateOperators(c.Graph.Seed)[i],
            tokens.ToValues(),
            l.Value.HasEnded)))).ToValues();

        public Values<StageInbox> Stages => cells.Select(c => new StageInbox(
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

        public Dictionary<Link, LinkInbox> Links { get; } = [];

        public void Entered(Link link, int position, Message message)
        {
            if (position < link.Edge.Operators.Count)
            {
                Inbox(link).Tokens[position].Add(Copy(message));
            }
        }

        public void Closed(Link link) => Inbox(link).HasEnded = true;

        public void Took(Firing firing)
        {
            for (var port = 0; port < Taken.Length; port++)
            {
                for (var lane = 0; lane < Taken[port].Length; lane++)
                {
                    for (var k = 0; k < firing.Count(port, lane); k++)
                    {
                        Taken[port][lane].Add(Copy(firing[port, lane, k]));
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

        /// <summary>The block is lent again once the token is released.</summary>
        private static Message Copy(Message message) => message.Restamped(message.Stamp);

        private LinkInbox Inbox(Link link)
        {
            if (!Links.TryGetValue(link, out var inbox))
            {
                Links.Add(link, inbox = new([.. link.Edge.Operators.Select(_ => new List<Message>())]));
            }

            return inbox;
        }
    }

    /// <param name="tokens">By position of the operator.</param>
    private sealed class LinkInbox(List<Message>[] tokens)
    {
        public List<Message>[] Tokens => tokens;

        public bool HasEnded { get; set; }
    }
}
