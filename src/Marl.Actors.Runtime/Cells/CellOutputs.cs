using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>The outputs of a cell: routes what the stage sends to the links that read it, and to the run's observer.</summary>
internal sealed class CellOutputs : IOutputs
{
    private readonly CellAddress address;
    private readonly ITransport transport;
    private readonly OutLink[] links;
    private readonly OutLink[][] byPort;
    private readonly OutLink[][][] byReader; // by port and reader: a world speaks to each of a thousand agents apart
    private readonly bool[] observed; // by port
    private readonly Dictionary<int, OutLink> byId;
    private readonly ICellWatch? watch;
    private int blocked; // links

    public CellOutputs(CellAddress address, Topology topology, ITransport transport, Func<Node, OutputPort, bool> observe, ICellWatch? watch)
    {
        this.watch = watch;
        this.address = address;
        this.transport = transport;
        links = [.. topology.Links.Where(l => l.Producer == address).Select(l => new OutLink(l))];
        byPort = [.. address.Node.Component.Outputs.Select((_, port) => links.Where(o => o.Link.Output == port).ToArray())];
        byReader = [.. byPort.Select(ByReader)];
        observed = [.. address.Node.Component.Outputs.Select(port => observe(address.Node, port) && IsHeard(port))];
        byId = links.ToDictionary(o => o.Link.Id);
    }

    /// <summary>Policies are reported of the first shard, as evaluation hears them: those of others may be others.</summary>
    private bool IsHeard(OutputPort port) => port.Kind != WeightsMessages.Kind || address.Instance < address.Node.Members.Count;

    /// <summary>Tokens wait for credits: the stage must not fire.</summary>
    public bool IsBlocked => blocked > 0;

    public IEnumerable<Link> BlockedLinks => links.Where(o => o.IsBlocked).Select(o => o.Link);

    public bool IsRead(int port)
    {
        var isRead = byPort[port].Length > 0 || observed[port];
        watch?.Asked(port, isRead);
        return isRead;
    }

    public void Send(int port, Message message)
    {
        message.Seal();
        watch?.Sent(port, -1, message);
        Observe(port, -1, message);
        Send(byPort[port], message);
    }

    public void Send(int port, int peer, Message message)
    {
        message.Seal();
        watch?.Sent(port, peer, message);
        Observe(port, peer, message);
        Send(peer < byReader[port].Length ? byReader[port][peer] : [], message);
    }

    public void Grant(Link link, int credits)
    {
        var reader = byId[link.Id];
        var wasBlocked = reader.IsBlocked;
        reader.Grant(credits, transport);
        Count(reader, wasBlocked);
    }

    public void End()
    {
        foreach (var link in links)
        {
            link.End(transport);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        foreach (var link in links)
        {
            link.Save(snapshot, Name(link.Link));
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        foreach (var link in links)
        {
            link.Load(snapshot, Name(link.Link));
        }

        blocked = links.Count(l => l.IsBlocked);
    }

    /// <summary>Shows a watch the tokens that were loaded.</summary>
    public void Show(ICellWatch watch)
    {
        foreach (var link in links)
        {
            foreach (var message in link.Waiting)
            {
                watch.Brought(link.Link, message);
            }
        }
    }

    public void SaveAgreements(StageSnapshot snapshot) => Array.ForEach(links, l => l.SaveAgreement(snapshot, Name(l.Link)));

    public void LoadAgreements(StageSnapshot snapshot) => Array.ForEach(links, l => l.LoadAgreement(snapshot, Name(l.Link)));

    private static string Name(Link link) => $"output.{link.Edge.Name}.{link.Consumer.Instance}";

    private static OutLink[][] ByReader(OutLink[] ofPort) =>
        [.. Enumerable.Range(0, ofPort.Select(o => o.Link.Reader + 1).DefaultIfEmpty().Max()).Select(reader => ofPort.Where(o => o.Link.Reader == reader).ToArray())];

    // The last reader gets the sender's reference.
    private void Send(OutLink[] readers, Message message)
    {
        if (readers.Length == 0)
        {
            message.Release();
            return;
        }

        for (var i = 0; i < readers.Length - 1; i++)
        {
            Send(readers[i], message.Retain());
        }

        Send(readers[^1], message);
    }

    private void Send(OutLink reader, Message message)
    {
        var wasBlocked = reader.IsBlocked;
        reader.Send(message, transport);
        Count(reader, wasBlocked);
    }

    private void Count(OutLink reader, bool wasBlocked) => blocked += (reader.IsBlocked ? 1 : 0) - (wasBlocked ? 1 : 0);

    private void Observe(int port, int peer, Message message)
    {
        if (observed[port])
        {
            transport.Observe(address, port, peer, message.Retain());
        }
    }
}
