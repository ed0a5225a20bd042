using Akka.Actor;
using Akka.Configuration;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Nodes;

/// <summary>A short run on two hosts of this process: what leading it costs in messages, whatever the machine.</summary>
public sealed class LedRunTests
{
    private const int Steps = 1000;
    private const int PerStep = 3 * 4 * 2; // of each of three workers a question, an answer and a credit for either, seen at both ends

    /// <summary>
    /// A host says that it is quiet when something has come since it last did; a wave is in vain when something has crossed since the
    /// reports. So what is said is bounded by what crosses, which is tokens and credits, and does not grow with the time that passes.
    /// </summary>
    [Fact]
    public async Task What_is_said_is_bounded_by_what_crosses()
    {
        var topology = Topology.Of(TestGraphs.Loop(Steps));
        var dispatchers = new Dispatchers(threads: 1, isScheduled: false);
        using var system = ActorSystem.Create("marl", ConfigurationFactory.ParseString(dispatchers.Configuration + "\n" + SilentLogger.Hocon));
        ActorPath[] hosts = [ActorPath.Parse("akka://marl/user/host-1"), ActorPath.Parse("akka://marl/user/host-2")];
        var (counts, done) = (new NoteCounts(hosts.Length), new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        var options = new RunOptions { Observer = new RecordingObserver() };
        var plan = new LeaderPlan(
            new(7, 1), topology, new(ReadOnlyMemory<byte>.Empty, new()), options, new(topology.Graph, options), Recruiting.Standard, [], dispatchers, done);
        int[] owners = [.. topology.Cells.Select(c => c.Node.Component.IsClock ? 1 : 2)];
        var participants = hosts.Prepend(ActorPath.Parse("akka://marl/user/leader")).ToValues();
        for (var self = 1; self <= hosts.Length; self++)
        {
            var host = new HostPlan(7, 1, self, participants, _ => Result.Success(topology.Graph), dispatchers);
            system.ActorOf(dispatchers.Link(Props.Create(() => new HostActor(host))), $"host-{self}");
        }

        system.ActorOf(dispatchers.Link(Props.Create(() => new CountingLeader(plan, owners, hosts, counts))), "leader");
        var outcome = await done.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await system.Terminate();
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.InRange(counts.Crossings, Steps * PerStep, Steps * (PerStep + 1)); // each fifth step a sum besides, and orders
        Assert.InRange(counts.Notes, 1, counts.Crossings); // on two cores it was a twelfth of that
    }
}
