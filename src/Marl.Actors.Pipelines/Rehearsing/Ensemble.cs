using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>
/// The stages of one purpose and the edges into them, executed with numbers of tokens only. One player stands for all instances
/// of a stage, since they all do the same.
/// </summary>
internal sealed class Ensemble
{
    private readonly Repetition repetition = new();

    /// <summary>Puts the part together.</summary>
    /// <param name="graph">A compiled graph.</param>
    /// <param name="purpose">Which part. Edges from the other one come from outside.</param>
    /// <param name="varying">How often firings repeat whose number is known only while running.</param>
    public Ensemble(Graph graph, Purpose purpose, long varying)
    {
        Players = [.. InFlowOrder(graph, purpose).Select((n, i) => new Player(i, n))];
        var byId = Players.ToDictionary(p => p.Node.Id);
        var outside = new Dictionary<string, Rhythm>();
        var (channels, inboxes) = (new List<Channel>(), new List<Inbox>());
        foreach (var port in graph.Edges.Where(e => byId.ContainsKey(e.To)).GroupBy(e => (e.To, e.Input)))
        {
            Inbox? shared = null;
            foreach (var edge in port)
            {
                if (shared is null || edge.Merge != Merge.AsItComes)
                {
                    shared = new(inboxes.Count, edge.Merge == Merge.Latest);
                    inboxes.Add(shared);
                }

                var from = graph[edge.From];
                var producers = edge.Merge == Merge.AsItComes ? edge.Links(graph).Count(l => l.Consumer == 0) : 1;
                channels.Add(new(channels.Count, edge, byId.GetValueOrDefault(edge.From), shared, producers));
                outside.TryAdd(from.Id, from.Rhythm!);
            }
        }

        (Channels, Inboxes) = ([.. channels], [.. inboxes]);
        var inputs = Channels.ToLookup(c => (c.Edge.To, c.Edge.Input));
        var outputs = Channels.ToLookup(c => (c.Edge.From, c.Edge.Output));
        foreach (var player in Players)
        {
            var component = player.Node.Component;
            Teach(
                player,
                graph.Iteration,
                varying,
                [.. component.Inputs.Select(p => inputs[(player.Node.Id, p.Name)].Select(c => c.Inbox).Distinct().ToArray())],
                [.. component.Outputs.Select(p => outputs[(player.Node.Id, p.Name)].ToArray())]);
        }

        Outside = [.. Channels.Where(c => c.Producer is null).Select(c => (c, outside[c.Edge.From].Start[graph[c.Edge.From].Component.OutputIndex(c.Edge.Output)]))];
    }

    public Player[] Players { get; }

    public Channel[] Channels { get; }

    public Inbox[] Inboxes { get; }

    /// <summary>Edges from the other part, with what their producers' Start sends.</summary>
    public (Channel Channel, long Start)[] Outside { get; }

    /// <summary>Attempts to fire that are still allowed; when they are used up, nobody knows how it would go on.</summary>
    public long Budget { get; set; } = 300_000;

    /// <summary>Everything before the first firing.</summary>
    public void Begin()
    {
        Array.ForEach(Players, p => p.Begin());
        Array.ForEach(Inboxes, i => i.Clear());
        Array.ForEach(Channels, c => c.Begin());
        foreach (var (channel, tokens) in Players.SelectMany(p => p.Start).Select(o => (o.Channel, o.Tokens)).Concat(Outside))
        {
            channel.Send(tokens);
        }
    }

    /// <summary>Lets everybody fire until nobody can. False when that took too long.</summary>
    public bool RunDry()
    {
        repetition.Clear();
        while (Budget > 0)
        {
            var sweep = Sweep(null);
            if (!sweep.HasFired)
            {
                return true;
            }

            if (repetition.Period(sweep.Hash) is { } period)
            {
                repetition.Found(Repeat(period));
            }
        }

        return false;
    }

    /// <summary>What decides how it goes on: equal states, equal futures.</summary>
    public Values<long> State()
    {
        var state = new List<long>();
        foreach (var player in Players)
        {
            state.Add(player.At);
            state.Add(player.Done);
            state.Add(player.Round);
        }

        foreach (var inbox in Inboxes)
        {
            state.Add(inbox.Count);
            state.Add(inbox.HasNewest ? 1 : 0);
        }

        foreach (var channel in Channels.Where(c => c.Producer is not null))
        {
            state.AddRange(channel.Chain.Phases(channel.Sent));
        }

        return state.ToValues();
    }

    private Sweep Sweep(Recording? recording)
    {
        var sweep = new Sweep(recording);
        Array.ForEach(Players, p => p.Play(sweep)); // tokens go round with the order, the room they leave against it
        for (var i = Players.Length - 2; i > 0; i--)
        {
            Players[i].Play(sweep);
        }

        Budget -= sweep.Attempts * (recording is null ? 1 : 10); // writing down costs more than firing
        return sweep;
    }

    private long Repeat(int period)
    {
        var recording = new Recording(this);
        for (var sweep = 0; sweep < period; sweep++)
        {
            Sweep(recording);
        }

        return recording.Repeat();
    }

    private static void Teach(Player player, int iteration, long varying, Inbox[][] inputs, Channel[][] outputs)
    {
        var stated = player.Node.Rhythm!;
        var endsIterations = stated.IterationEnd.Index().Any(t => t.Item > 0 && outputs[t.Index].Length > 0);
        var rhythm = endsIterations ? stated.Unrolled(iteration) : stated;
        player.Learn(Offers(rhythm.Start.Select(n => (long?)n)), Turns(rhythm.Opening), Turns(rhythm.Cycle), endsIterations);

        Turn[] Turns(Values<Beat> beats)
        {
            var turns = new List<Turn>();
            for (var i = 0; i < beats.Count; i++)
            {
                var (beat, repeat) = (beats[i], beats[i].Repeat ?? varying);
                if (repeat > 0)
                {
                    var follows = beat.Group != 0 && i > 0 && beats[i - 1].Group == beat.Group;
                    var isLast = beat.Group != 0 && (i + 1 == beats.Count || beats[i + 1].Group != beat.Group);
                    turns.Add(new(beat.Group == 0 ? repeat : 1, Demands(beat.Taken), Offers(beat.Sent))
                    {
                        Group = beat.Group, Place = follows ? turns[^1].Place + 1 : 0, Rounds = isLast ? repeat : 0,
                    });
                }
            }

            return [.. turns];
        }

        Demand[] Demands(Values<long> taken) =>
            [.. taken.Index().Where(t => t.Item > 0).SelectMany(t => inputs[t.Index].Select(inbox => new Demand(inbox, t.Item)))];

        Offer[] Offers(IEnumerable<long?> sent) =>
            [.. sent.Index().Where(t => t.Item > 0).SelectMany(t => outputs[t.Index].Select(channel => new Offer(channel, t.Item!.Value)))];
    }

    /// <summary>Clocks first, then whom they reach: so a token goes round a loop in one sweep.</summary>
    private static IEnumerable<Node> InFlowOrder(Graph graph, Purpose purpose)
    {
        var nodes = graph.Nodes.Where(n => n.Purpose == purpose).ToDictionary(n => n.Id);
        var readers = graph.Edges.ToLookup(e => e.From, e => e.To);
        var reached = new HashSet<string>();
        var queue = new Queue<string>();
        foreach (var root in nodes.Values.OrderByDescending(n => n.Component.IsClock))
        {
            queue.Enqueue(root.Id);
            while (queue.TryDequeue(out var id))
            {
                if (nodes.TryGetValue(id, out var node) && reached.Add(id))
                {
                    yield return node;
                    foreach (var reader in readers[id])
                    {
                        queue.Enqueue(reader);
                    }
                }
            }
        }
    }
}
