using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>The inputs of a cell: a lane for each producer of each port, fed through links.</summary>
internal sealed class CellInputs
{
    private readonly Lane[][] lanes; // by port
    private readonly InLink[] links;
    private readonly Dictionary<int, InLink> byId;
    private readonly string[] ports;
    private readonly (int Port, Lane Lane)[] all; // every lane, in the order in which they are looked at
    private Needs? asked; // last; null once they were taken
    private int filled;   // lanes that hold what was asked for: looked at once a firing, not once a token, for there may be a thousand
    private int ended;    // lanes

    public CellInputs(CellAddress address, Topology topology, ICellWatch? watch)
    {
        var incoming = topology.Links.Where(l => l.Consumer == address).ToArray();
        ports = [.. address.Node.Component.Inputs.Select(p => p.Name)];
        lanes = [.. topology.Lanes(address).Select((count, port) => Lanes(count, incoming.FirstOrDefault(l => l.Input == port)?.Edge.Merge))];
        links = [.. incoming.Select(l => new InLink(l, lanes[l.Input][l.Lane], topology.Graph.Seed, watch))];
        byId = links.ToDictionary(i => i.Link.Id);
        all = [.. lanes.SelectMany((ofPort, port) => ofPort.Select(lane => (port, lane)))];
        ended = all.Count(l => l.Lane.HasEnded); // those that nobody feeds
        Firing = new([.. lanes.Select(l => l.Length)]);
    }

    /// <summary>The tokens last taken.</summary>
    public Firing Firing { get; }

    /// <summary>Logical time of the last token taken.</summary>
    public Stamp LastStamp { get; private set; }

    public IReadOnlyList<InLink> Links => links;

    public InLink this[Link link] => byId[link.Id];

    /// <summary>Links whose lanes lack what the stage needs.</summary>
    public IEnumerable<Link> Starved(Needs needs) =>
        needs.Count == 0 ? [] : links.Where(i => !i.Lane.Has(needs[i.Link.Input])).Select(i => i.Link);

    /// <summary>Every lane holds what the stage needs. A lane that does goes on to do so until something is taken.</summary>
    public bool Have(Needs needs)
    {
        if (!ReferenceEquals(needs, asked))
        {
            (asked, filled) = (needs, 0);
        }

        while (filled < all.Length && all[filled].Lane.Has(needs[all[filled].Port]))
        {
            filled++;
        }

        return filled == all.Length;
    }

    /// <summary>Some lane will never hold what the stage needs.</summary>
    public bool AreExhausted(Needs needs)
    {
        for (var i = 0; i < all.Length && ended > 0; i++)
        {
            if (all[i].Lane.IsExhausted(needs[all[i].Port]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves what is needed into <see cref="Firing"/>.</summary>
    public void Take(Needs needs)
    {
        asked = null;
        for (var port = 0; port < lanes.Length; port++)
        {
            for (var lane = 0; lane < lanes[port].Length; lane++)
            {
                for (var k = 0; k < needs[port]; k++)
                {
                    var message = lanes[port][lane].Take();
                    LastStamp = message.Stamp;
                    Firing.Add(port, lane, message);
                }
            }
        }
    }

    public void Start()
    {
        foreach (var link in links)
        {
            link.Start();
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        ForEachLane((lane, name) => lane.Save(snapshot, name));
        foreach (var link in links)
        {
            link.Save(snapshot, Name(link.Link));
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        ForEachLane((lane, name) => lane.Load(snapshot, name));
        foreach (var link in links)
        {
            link.Load(snapshot, Name(link.Link));
        }
    }

    /// <summary>Shows a watch the tokens that were loaded.</summary>
    public void Show(ICellWatch watch)
    {
        foreach (var link in links.DistinctBy(l => l.Lane))
        {
            foreach (var message in link.Lane.Waiting)
            {
                watch.Brought(link.Link, message);
            }
        }
    }

    public void SaveAgreements(StageSnapshot snapshot) => Array.ForEach(links, l => l.SaveAgreement(snapshot, Name(l.Link)));

    public void LoadAgreements(StageSnapshot snapshot) => Array.ForEach(links, l => l.LoadAgreement(snapshot, Name(l.Link)));

    private Lane[] Lanes(int count, Merge? merge) => [.. Enumerable.Range(0, count).Select(_ => new Lane(merge!.Value) { WhenEnded = () => ended++ })];

    private static string Name(Link link) => $"input.{link.Edge.Name}.{link.Producer.Instance}";

    private void ForEachLane(Action<Lane, string> action)
    {
        for (var port = 0; port < lanes.Length; port++)
        {
            for (var lane = 0; lane < lanes[port].Length; lane++)
            {
                action(lanes[port][lane], $"lane.{ports[port]}.{lane}");
            }
        }
    }
}
