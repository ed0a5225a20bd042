using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>
/// Sees how stale what a stage works with is: which version of weights or parameters it has taken, and how much older than its
/// own the versions are that its rollouts or gradients were made with. Stages that have to do with neither are not watched.
/// </summary>
internal sealed class VersionWatch : ICellWatch
{
    private readonly EdgeCounts counts;
    private readonly int[] versioned; // input ports
    private readonly int[] made;      // input ports
    private readonly bool[] owns;     // by output port: it sends versions of its own
    private readonly int[][][] links; // by input port and lane
    private int own = LinkFigures.Unknown;

    private VersionWatch(CellAddress cell, Topology topology, EdgeCounts counts)
    {
        this.counts = counts;
        var inputs = cell.Node.Component.Inputs;
        versioned = Ports(inputs.Select(i => i.Kind), HasVersion);
        made = Ports(inputs.Select(i => i.Kind), kind => kind is RolloutMessages.Kind or GradientMessages.Kind);
        owns = [.. cell.Node.Component.Outputs.Select(o => HasVersion(o.Kind))];
        links = [.. inputs.Select((_, port) => topology.Links.Where(l => l.Consumer == cell && l.Input == port)
            .GroupBy(l => l.Lane).OrderBy(g => g.Key).Select(g => g.Select(l => l.Id).ToArray()).ToArray())];
    }

    /// <summary>Watches the cells of one host.</summary>
    public static ICellWatcher Into(EdgeCounts counts) => new Watcher(counts);

    public void Took(Firing firing)
    {
        foreach (var port in versioned)
        {
            for (var lane = 0; lane < links[port].Length; lane++)
            {
                var count = firing.Count(port, lane);
                for (var k = 0; k < (count > 0 ? links[port][lane].Length : 0); k++)
                {
                    counts.Take(links[port][lane][k], firing[port, lane, count - 1].Stamp.Update);
                }
            }
        }

        foreach (var port in own >= 0 ? made : [])
        {
            for (var lane = 0; lane < links[port].Length; lane++)
            {
                for (var k = 0; k < firing.Count(port, lane); k++)
                {
                    if (MadeWith(firing[port, lane, k]) is { } version)
                    {
                        counts.TakeLate(links[port][lane][0], Math.Max(0, own - version));
                    }
                }
            }
        }
    }

    public void Sent(int port, int peer, Message message)
    {
        if (owns[port])
        {
            own = Math.Max(own, message.Stamp.Update);
        }
    }

    private static bool HasVersion(string kind) => kind is WeightsMessages.Kind or ParameterMessages.Kind or GenerationMessages.Kind;

    /// <summary>The version that a token was made with; null where it doesn't say.</summary>
    private static int? MadeWith(Message message) =>
        message.Layout.Kind == GradientMessages.Kind ? message.Stamp == default ? null : (int)message[GradientMessages.Origin][1]
        : message.Has(RolloutMessages.Version) ? (int)message[RolloutMessages.Version][0] : null;

    private static int[] Ports(IEnumerable<string> kinds, Func<string, bool> isWanted) => [.. kinds.Select((kind, port) => (kind, port)).Where(p => isWanted(p.kind)).Select(p => p.port)];

    private sealed class Watcher(EdgeCounts counts) : ICellWatcher
    {
        public ICellWatch? Watch(CellAddress cell, Topology topology)
        {
            var watch = new VersionWatch(cell, topology, counts);
            return cell.Node.Purpose == Purpose.Training && watch.versioned.Length + watch.made.Length > 0 ? watch : null;
        }
    }
}
