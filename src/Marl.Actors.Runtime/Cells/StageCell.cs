using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>
/// One stage instance with its inputs and outputs: takes tokens, fires the stage when it has what it needs, sends what
/// follows within its credits. Knows no threads and no actors; every interpreter drives the same cells.
/// </summary>
internal sealed class StageCell : IOutputs
{
    private readonly IStage stage;
    private readonly IClock? clock;
    private readonly ITransport transport;
    private readonly Firing firing;
    private readonly Lane[][] lanes;                 // by input port
    private readonly InLink[] inputs;
    private readonly OutLink[] outputs;
    private readonly OutLink[][] byPort;             // by output port
    private readonly bool[] observed;                // by output port
    private readonly Dictionary<int, InLink> inputById;
    private readonly Dictionary<int, OutLink> outputById;
    private long holdAt = long.MaxValue;
    private bool finishing;

    public StageCell(CellAddress address, Topology topology, ITransport transport, Func<Node, OutputPort, bool> observe)
    {
        Address = address;
        this.transport = transport;
        var (node, graph) = (address.Node, topology.Graph);
        stage = node.Component.Create(node.Options, Context(address, graph));
        clock = stage as IClock;

        var incoming = topology.Links.Where(l => l.Consumer == address).ToArray();
        lanes = [.. node.Component.Inputs.Select((_, port) => Lanes([.. incoming.Where(l => l.Input == port)]))];
        inputs = [.. incoming.Select(l => new InLink(l, lanes[l.Input][l.Lane], graph.Seed))];
        outputs = [.. topology.Links.Where(l => l.Producer == address).Select(l => new OutLink(l))];
        byPort = [.. node.Component.Outputs.Select((_, port) => outputs.Where(o => o.Link.Output == port).ToArray())];
        observed = [.. node.Component.Outputs.Select(port => observe(node, port))];
        inputById = inputs.ToDictionary(i => i.Link.Id);
        outputById = outputs.ToDictionary(o => o.Link.Id);
        firing = new([.. lanes.Select(l => l.Length)]);
    }

    public CellAddress Address { get; }

    public bool HasEnded { get; private set; }

    /// <summary>The clock is held at an iteration's boundary.</summary>
    public bool IsHeld => !HasEnded && clock is not null && clock.VectorSteps >= holdAt
        && (clock.AtBoundary || ReferenceEquals(stage.Needs, Needs.Ended));

    public long VectorSteps => clock?.VectorSteps ?? 0;

    /// <summary>Logical time of the last token taken, for messages about failures.</summary>
    public Stamp LastStamp { get; private set; }

    public IEnumerable<Link> BlockedLinks => outputs.Where(o => o.IsBlocked).Select(o => o.Link);

    /// <summary>Links the cell waits on, when it has not ended.</summary>
    public IEnumerable<Link> StarvedLinks
    {
        get
        {
            var needs = stage.Needs;
            return HasEnded || needs.Count == 0 ? [] : inputs.Where(i => !i.Lane.Has(needs[i.Link.Input])).Select(i => i.Link);
        }
    }

    public InLink Input(Link link) => inputById[link.Id];

    /// <summary>Begins a fresh run.</summary>
    public void Start(long hold)
    {
        holdAt = hold;
        foreach (var input in inputs)
        {
            input.Start();
        }

        stage.Start(this);
    }

    /// <summary>Goes on from a saved state.</summary>
    public void Resume(StageSnapshot snapshot, long hold)
    {
        holdAt = hold;
        finishing = snapshot.GetOne<byte>("cell.has-ended") == 1;
        stage.Load(snapshot);
        foreach (var (lane, name) in NamedLanes())
        {
            lane.Load(snapshot, name);
        }

        foreach (var input in inputs)
        {
            input.Load(snapshot, InputName(input.Link));
        }

        foreach (var output in outputs)
        {
            output.Load(snapshot, OutputName(output.Link));
        }
    }

    /// <summary>The whole state; only meaningful while nothing is on its way.</summary>
    public StageSnapshot Save()
    {
        var snapshot = new StageSnapshot();
        stage.Save(snapshot);
        snapshot.Put("cell.has-ended", (byte)(HasEnded ? 1 : 0));
        foreach (var (lane, name) in NamedLanes())
        {
            lane.Save(snapshot, name);
        }

        foreach (var input in inputs)
        {
            input.Save(snapshot, InputName(input.Link));
        }

        foreach (var output in outputs)
        {
            output.Save(snapshot, OutputName(output.Link));
        }

        return snapshot;
    }

    /// <summary>Moves the hold of a clock.</summary>
    public void HoldAt(long vectorSteps) => holdAt = vectorSteps;

    /// <summary>Ends a clock before its time.</summary>
    public void Finish()
    {
        finishing = true;
        holdAt = long.MaxValue;
    }

    public void ReceiveGrant(Link link, int credits) => outputById[link.Id].Grant(credits, transport);

    /// <summary>A token for an ended stage is dropped; its producer must not wait for room.</summary>
    public void Settle(Link link)
    {
        var input = Input(link);
        if (HasEnded)
        {
            input.Lane.Clear();
        }

        GrantBack(input);
    }

    /// <summary>Makes room on an input.</summary>
    public void Grow(Link link)
    {
        Input(link).Grow();
        GrantBack(Input(link));
    }

    /// <summary>Fires once, or ends, if it can. False when it has to wait.</summary>
    public bool TryFire()
    {
        if (HasEnded || IsHeld || IsBlocked())
        {
            return false;
        }

        var needs = stage.Needs;
        if (finishing || ReferenceEquals(needs, Needs.Ended) || IsStarved(needs))
        {
            End();
            return true;
        }

        if (!IsReady(needs))
        {
            return false;
        }

        Take(needs);
        stage.Fire(firing, this);
        firing.Release();
        foreach (var input in inputs)
        {
            GrantBack(input);
        }

        return true;
    }

    public void Dispose() => stage.Dispose();

    public bool IsRead(int port) => byPort[port].Length > 0 || observed[port];

    public void Send(int port, Message message)
    {
        message.Seal();
        Observe(port, -1, message);
        var readers = byPort[port];
        for (var i = 1; i < readers.Length; i++)
        {
            message.Retain();
        }

        foreach (var reader in readers)
        {
            reader.Send(message, transport);
        }

        if (readers.Length == 0)
        {
            message.Release();
        }
    }

    public void Send(int port, int peer, Message message)
    {
        message.Seal();
        Observe(port, peer, message);
        foreach (var reader in byPort[port])
        {
            if (reader.Link.Consumer.Instance == peer)
            {
                reader.Send(message.Retain(), transport);
            }
        }

        message.Release();
    }

    private static StageContext Context(CellAddress address, Graph graph)
    {
        var node = address.Node;
        var copies = graph.Copies;
        return new()
        {
            Stage = node.Id,
            Instance = address.Instance,
            InstanceName = node.Instances[address.Instance],
            Instances = node.Instances.Count,
            Copies = node.Copies,
            Key = RandomKey.FromSeed(graph.Seed).Derive(node.Id).Derive((ulong)address.Instance),
            Purpose = node.Purpose,
            Iteration = graph.Iteration,
            VectorSteps = (graph.StopSteps + copies - 1) / copies,
            Greedy = node.Purpose == Purpose.Evaluation && graph.Evaluation is { Greedy: true },
            Types = node.Types[address.Instance],
        };
    }

    private static Lane[] Lanes(Link[] links) =>
        [.. Enumerable.Range(0, links.Length == 0 ? 0 : links.Max(l => l.Lane) + 1).Select(_ => new Lane(links[0].Edge.Merge))];

    private static string InputName(Link link) => $"input.{link.Edge.Name}.{link.Producer.Instance}";

    private static string OutputName(Link link) => $"output.{link.Edge.Name}.{link.Consumer.Instance}";

    private IEnumerable<(Lane Lane, string Name)> NamedLanes() =>
        lanes.SelectMany((port, p) => port.Select((lane, l) => (lane, $"lane.{Address.Node.Component.Inputs[p].Name}.{l}")));

    private void Observe(int port, int peer, Message message)
    {
        if (observed[port])
        {
            transport.Observe(Address, port, peer, message.Retain());
        }
    }

    private void GrantBack(InLink input)
    {
        var grant = input.TakeGrant();
        if (grant > 0)
        {
            transport.Grant(input.Link, grant);
        }
    }

    private bool IsBlocked()
    {
        foreach (var output in outputs)
        {
            if (output.IsBlocked)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsReady(Needs needs)
    {
        for (var port = 0; port < lanes.Length; port++)
        {
            foreach (var lane in lanes[port])
            {
                if (!lane.Has(needs[port]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsStarved(Needs needs)
    {
        for (var port = 0; port < lanes.Length; port++)
        {
            foreach (var lane in lanes[port])
            {
                if (lane.IsExhausted(needs[port]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Take(Needs needs)
    {
        for (var port = 0; port < lanes.Length; port++)
        {
            for (var lane = 0; lane < lanes[port].Length; lane++)
            {
                for (var k = 0; k < needs[port]; k++)
                {
                    var message = lanes[port][lane].Take();
                    LastStamp = message.Stamp;
                    firing.Add(port, lane, message);
                }
            }
        }
    }

    private void End()
    {
        HasEnded = true;
        foreach (var output in outputs)
        {
            output.End(transport);
        }

        foreach (var input in inputs)
        {
            Settle(input.Link);
        }
    }
}
