using Akka.Actor;
using Akka.Configuration;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Nodes;

/// <summary>What a host tells the leader of a run, the leader and the other host being the test's.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private const long Run = 7;
    private const int Epoch = 1;
    private const int Self = 1;
    private const int Other = 2;

    private readonly Topology topology = Topology.Of(TestGraphs.Loop(1000));
    private ActorSystem system = null!;
    private FarParticipant leader = null!;
    private FarParticipant other = null!;

    public Task InitializeAsync()
    {
        var dispatchers = new Dispatchers(threads: 1, isScheduled: false);
        system = ActorSystem.Create("marl", ConfigurationFactory.ParseString(dispatchers.Configuration + "\n" + SilentLogger.Hocon));
        IActorRef host = ActorRefs.Nobody;
        leader = new(system, "leader", new(Run, Epoch, HostTransport.Leader, Self), () => host);
        other = new(system, "other", new(Run, Epoch, Other, Self), () => host);
        var plan = new HostPlan(
            Run, Epoch, Self, [leader.Path, ActorPath.Parse("akka://marl/user/host"), other.Path], _ => Result.Success(topology.Graph), dispatchers);
        host = system.ActorOf(dispatchers.Link(Props.Create(() => new HostActor(plan))), "host");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await system.Terminate();
        leader.Dispose();
        other.Dispose();
    }

    /// <summary>
    /// Nobody here moves when credits come that nobody waits for. Untold, the leader would go on believing that they are still
    /// on their way, and never order what is due when nothing is.
    /// </summary>
    [Fact]
    public void A_host_that_is_quiet_tells_of_credits_that_nobody_waits_for()
    {
        BeginWithTheClockHere();
        Assert.Equal(new Stillness(true, 3, 1), HearStillness(NoteKinds.Quiet)); // three questions; the order to begin

        other.Send(new GrantParcel(Question.Id, 1)); // room for two: the clock has a credit left and waits for none
        other.AwaitArrival();
        leader.Say(NoteKinds.Wave, Wave(1));
        Assert.Equal(new Stillness(true, 3, 2), HearStillness(NoteKinds.Quiet)); // before it is asked
        Assert.Equal(new Stillness(true, 3, 2), HearStillness(NoteKinds.Answer));
    }

    /// <summary>The link on which the clock asks the first worker.</summary>
    private Link Question => topology.Links.First(l => l.Producer.Node.Component.IsClock);

    /// <summary>The clock is hosted here, those it asks by the other.</summary>
    private void BeginWithTheClockHere()
    {
        leader.Say(NoteKinds.Assign, new Assignment(
            new(ReadOnlyMemory<byte>.Empty, new()), [.. topology.Cells.Select(c => c.Node.Component.IsClock ? Self : Other)], [], Recording.None, ChecksSignatures: false).Write());
        Assert.Equal(NoteKinds.Ready, Assert.IsType<NoteParcel>(leader.Hear()).Kind);
        leader.Say(NoteKinds.Begin, new Beginning(long.MaxValue, new Dictionary<int, Core.Stages.StageSnapshot>()).Write());
        for (var worker = 0; worker < 3; worker++)
        {
            Assert.IsType<TokenParcel>(other.Hear()).Message.Release();
        }
    }

    private Stillness HearStillness(string kind)
    {
        var note = Assert.IsType<NoteParcel>(leader.Hear());
        Assert.Equal(kind, note.Kind);
        var reader = new WireReader(note.Body);
        if (kind == NoteKinds.Answer)
        {
            Assert.Equal(1, reader.Int());
        }

        return Stillnesses.Read(reader);
    }

    private static byte[] Wave(int number)
    {
        var writer = new WireWriter();
        writer.Int(number);
        return writer.ToArray();
    }
}
