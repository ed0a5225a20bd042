using System.Diagnostics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Profiles;

/// <summary>The clock of one cell. What it waits for is the input whose token came last before it could fire.</summary>
internal sealed class CellProfile : ICellWatch
{
    private readonly Dictionary<int, LinkProfile> links;
    private readonly LinkProfile[] overwriting; // those of which the newest token is taken
    private LinkProfile? newest; // what came last
    private long arrival;
    private long entered;
    private long began;
    private long allocated;
    private bool isStarting;

    public CellProfile(CellAddress cell, Topology topology)
    {
        Cell = cell;
        links = topology.Links.Where(l => l.Consumer == cell).ToDictionary(l => l.Id, l => new LinkProfile(l));
        overwriting = [.. links.Values.Where(l => l.Link.Edge.Merge == Merge.Latest)];
    }

    public CellAddress Cell { get; }

    public IEnumerable<LinkProfile> Links => links.Values;

    public long Firings { get; private set; }

    /// <summary>Time of firings and of the Start, in ticks of the stopwatch.</summary>
    public long Busy { get; private set; }

    public long Waited { get; private set; }

    public long AllocatedBytes { get; private set; }

    /// <summary>When the stage began; 0 before.</summary>
    public long First { get; private set; }

    /// <summary>When its last firing was over.</summary>
    public long Last { get; private set; }

    public void Began(StageSnapshot? from)
    {
        Last = began = Stopwatch.GetTimestamp();
        First = First == 0 ? began : First;
        allocated = GC.GetAllocatedBytesForCurrentThread();
        isStarting = from is null;
    }

    public void Entered(Link link, int position, Message message)
    {
        var profile = links[link.Id];
        if (position == 0)
        {
            profile.Arrive(message);
            entered = Stopwatch.GetTimestamp();
        }

        if (position == profile.Operators)
        {
            profile.Wait(message);
            (newest, arrival) = (profile, position == 0 ? entered : Stopwatch.GetTimestamp());
        }
    }

    public void Passed(Link link)
    {
        var profile = links[link.Id];
        if (profile.Operators > 0)
        {
            profile.InOperators += Stopwatch.GetTimestamp() - entered;
        }
    }

    public void Took(Firing firing)
    {
        began = Stopwatch.GetTimestamp();
        if (newest is not null && arrival > Last)
        {
            Waited += arrival - Last;
            newest.Waited += arrival - Last;
        }

        newest = null;
        foreach (var link in overwriting)
        {
            link.Take(firing);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    public void Fired()
    {
        Last = Stopwatch.GetTimestamp();
        Busy += Last - began;
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        Firings += isStarting ? 0 : 1;
        isStarting = false;
    }
}
