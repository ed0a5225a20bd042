using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Routing;
using Akka.Serialization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;
using Xunit;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>Two cluster nodes in this process, with our settings: what passes between them and what does not.</summary>
public sealed class NodesOnAkkaTests : IAsyncLifetime
{
    private readonly BlockingCollection<object> heard = [];
    private ActorSystem first = null!;
    private ActorSystem second = null!;

    public async Task InitializeAsync()
    {
        first = Start();
        await AkkaCluster.Get(first).JoinAsync(AkkaCluster.Get(first).SelfAddress);
        second = Start();
        await AkkaCluster.Get(second).JoinAsync(AkkaCluster.Get(first).SelfAddress);
        first.ActorOf(Props.Create(() => new Listener(heard)), "marl");
        first.ActorOf(Props.Create(() => new Listener(heard)), "private");
    }

    public async Task DisposeAsync()
    {
        await second.Terminate();
        await first.Terminate();
        heard.Dispose();
    }

    [Fact]
    public async Task Frames_pass_and_what_is_not_on_the_list_does_not()
    {
        Assert.Equal(2, AkkaCluster.Get(second).State.Members.Count); // joining and gossip pass
        var door = (await Select("/user/marl").Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(20))).Subject;
        door.Tell(new Dictionary<string, string>());
        door.Tell(new Status.Failure(new IOException()));
        door.Tell(new NotOfTheList());
        door.Tell(Props.Create<Listener>());
        Select("/user/private").Tell(new FrameAck(1, 1, 1, 1, 1, 1));
        Select("/user/*").Tell(new FrameAck(1, 1, 1, 1, 2, 1));
        door.Tell(PoisonPill.Instance);

        var frames = new List<Frame>();
        using var sender = new ConduitSender(new(1, 1, 1, 0), ConduitLimits.Standard, frames.Add);
        var weights = new TokenParcel(3, Parcels.Message(Parcels.Layout("weights", 60_000), new(7)));
        sender.Send(weights);
        sender.Flush(default);
        frames.ForEach(door.Tell);

        var received = new List<Parcel>();
        var receiver = new ConduitReceiver(new(1, 1, 1, 0), ConduitLimits.Standard, _ => { });
        while (received.Count == 0)
        {
            Assert.True(heard.TryTake(out var message, TimeSpan.FromSeconds(20)));
            Assert.True(receiver.Accept(Assert.IsType<Frame>(message), received.Add)); // the first thing heard is the first frame
        }

        Assert.True(Parcels.Same(weights, Assert.Single(received)));
        Assert.Empty(heard);
    }

    [Fact]
    public void Bytes_under_any_of_Akkas_numbers_make_no_object_of_a_named_type()
    {
        var serialization = first.Serialization;
        foreach (var (number, manifest) in Dangerous)
        {
            Assert.ThrowsAny<System.Runtime.Serialization.SerializationException>(() => serialization.Deserialize([1, 2, 3], number, manifest));
        }

        foreach (var harmful in new object[] { PoisonPill.Instance, Kill.Instance, new Status.Failure(new IOException()), new RoundRobinPool(2), ConfigurationFactory.Empty, new Version(1, 2), new object[] { 1 } })
        {
            Assert.Throws<WireException>(() => serialization.Serialize(harmful));
        }
    }

    [Fact]
    public void No_type_is_looked_up_that_a_manifest_names()
    {
        var asked = new ConcurrentBag<string>();
        AppDomain.CurrentDomain.AssemblyResolve += Ask;
        foreach (var number in Enumerable.Range(0, 64))
        {
            Assert.ThrowsAny<Exception>(() => first.Serialization.Deserialize([], number, "Some.Thing, NodesOnAkkaTests.Nowhere"));
        }

        AppDomain.CurrentDomain.AssemblyResolve -= Ask;
        Assert.Empty(asked);

        System.Reflection.Assembly? Ask(object? sender, ResolveEventArgs wanted)
        {
            if (wanted.Name.StartsWith("NodesOnAkkaTests.", StringComparison.Ordinal))
            {
                asked.Add(wanted.Name);
            }

            return null;
        }
    }

    [Theory]
    [InlineData(6, "")]
    [InlineData(16, "ID")]
    [InlineData(16, "AID")]
    public void Messages_within_messages_do_not_use_up_the_stack(int number, string manifest)
    {
        byte[] nested = [];
        while (nested.Length < 120_000) // a frame may have 128,000
        {
            var payload = new ProtobufWriter().Bytes(1, nested).Integer(2, number).Text(3, manifest);
            nested = new ProtobufWriter().Message(1, payload).Written.ToArray(); // the same field in all three
        }

        // A thread that can hold far less than the pool's: what is refused is refused before it is deep.
        Exception? refused = null;
        var thread = new Thread(() => refused = Record.Exception(() => first.Serialization.Deserialize(nested, number, manifest)), 128 << 10);
        thread.Start();
        thread.Join();
        Assert.Contains("within more than 3 others", $"{refused}", StringComparison.Ordinal);
    }

    private static (int Number, string Manifest)[] Dangerous =>
    [
        (1, "System.IO.FileInfo, System.Runtime"),       // JSON
        (2, "Akka.Remote.Serialization.Proto.Msg.ExceptionData, Akka.Remote"),
        (3, ""),                                         // remote deployment
        (16, "STF"),                                     // exceptions
        (16, "CF"),
        (16, "RORRP"),
        (22, "Akka.Dispatch.SysMsg.Terminate, Akka"),
        (22, "Akka.Dispatch.SysMsg.Recreate, Akka"),
        (36, "a"),
        (4, "System.IO.FileInfo, System.Runtime"),
        (6, "System.IO.FileInfo, System.Runtime"),
        (22, "System.IO.FileInfo, System.Runtime"),
        (5, "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster"),
        (5, "Akka.Cluster.ClusterUserAction+Down, Akka.Cluster"), // one message, and a node is given up
        (5, "Akka.Cluster.ClusterUserAction+Leave, Akka.Cluster"),
    ];

    private ActorSelection Select(string path) => second.ActorSelection(AkkaCluster.Get(first).SelfAddress + path);

    private static ActorSystem Start() => ActorSystem.Create("marl", ConfigurationFactory.ParseString("""
        akka.actor.provider = cluster
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.remote.dot-netty.tcp.hostname = 127.0.0.1
        akka.remote.dot-netty.tcp.port = 0
        akka.cluster.gossip-interval = 100ms
        akka.cluster.leader-actions-interval = 100ms
        akka.coordinated-shutdown.run-by-actor-system-terminate = off

        """ + WireConfiguration.Hocon));

    private sealed class NotOfTheList;

    private sealed class Listener(BlockingCollection<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Add(message);
    }
}
