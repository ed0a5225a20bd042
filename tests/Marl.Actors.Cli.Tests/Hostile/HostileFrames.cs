using System.Buffers.Binary;
using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Runtime.Tests.Wire;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>Frames that no honest node sends: overheard ones, mutated, and such as are made to hurt.</summary>
/// <param name="honest">What was overheard.</param>
/// <param name="node">The node they are for, as in <c>akka.tcp://marl@127.0.0.1:4053</c>.</param>
/// <param name="random">Draws.</param>
internal sealed class HostileFrames(IReadOnlyList<byte[]> honest, string node, Random random)
{
    private static readonly string[] doors = ["/user/marl", "/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/system/remote-watcher", "/remote", "/"];

    private readonly byte[] greeting = honest.First(IsGreeting);

    /// <summary>With its length before it: what a connection begins with so that the rest is listened to.</summary>
    public byte[] Greeting => Framed(greeting);

    /// <summary>The next one, as it goes over the wire.</summary>
    public byte[] Next() => random.Next(10) switch
    {
        0 => Crafted(),
        1 => Lying(),
        2 => Framed(Envelope(Random(doors), random.Next(40), "", Mutations.Of(random, Random(honest)))),
        _ => Framed(Mutations.Of(random, Random(honest))),
    };

    /// <summary>One of those that name types, lie deep or call for deployment.</summary>
    public byte[] Crafted() => Framed(random.Next(5) switch
    {
        0 => Envelope(Random(doors), random.Next(40), Random(Types), Json),
        1 => Envelope(Random(doors), Random(Numbers), Random(Manifests), Mutations.Of(random, Random(honest))),
        2 => Envelope("/user/marl", 6, "", Nested(random.Next(60_000))),
        3 => Envelope(Random(doors), 22, "Akka.Dispatch.SysMsg.Watch, Akka", Mutations.Of(random, Random(honest)), random.NextInt64() >> random.Next(64)), // for each number before it Akka makes an entry
        _ => Envelope("/user/marl", 6, "", new ProtobufWriter().Message(1, Payload(random.Next(40), Random(Types), Json)).Written.ToArray()),
    });

    private static byte[] Json => Encoding.UTF8.GetBytes($$"""{"$type":"{{Canary.Name}}"}""");

    private static string[] Types => [Canary.Name, $"System.Collections.Generic.List`1[[{Canary.Name}]]", "System.IO.FileInfo, System.Runtime", "Akka.Actor.Props, Akka", "Akka.Remote.DaemonMsgCreate, Akka.Remote"];

    private static string[] Manifests =>
    [
        "STF", "CF", "RORRP", "RDRP", "ASA", "AK", "K", "PP", "ID", "RWHB", "HB", "Akka.Dispatch.SysMsg.Terminate, Akka", "Akka.Dispatch.SysMsg.Recreate, Akka", "Akka.Dispatch.SysMsg.Watch, Akka",
        "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster", "Akka.Cluster.GossipEnvelope, Akka.Cluster", "Akka.Cluster.InternalClusterAction+Join, Akka.Cluster",
    ];

    private static int[] Numbers => [0, 1, 2, 3, 4, 5, 6, 16, 17, 22, 36, 3810];

    /// <summary>Who speaks, and for whom: AkkaProtocolMessage.Instruction, an association.</summary>
    private static bool IsGreeting(byte[] frame) => frame is [0x12, ..];

    /// <summary>A length that is not that of what follows, up to the largest there is.</summary>
    private byte[] Lying()
    {
        var frame = Framed(Random(honest));
        BinaryPrimitives.WriteInt32LittleEndian(frame, random.Next(4) switch { 0 => int.MaxValue, 1 => -1, 2 => 0, _ => random.Next(200_000) });
        return frame;
    }

    /// <summary>Messages within messages.</summary>
    private static byte[] Nested(int length)
    {
        byte[] inner = [];
        for (var step = 1; inner.Length < length; step++)
        {
            inner = new ProtobufWriter().Message(1, new ProtobufWriter().Bytes(1, inner).Integer(2, 6)).Written.ToArray();
            if (step % 64 == 0)
            {
                length -= length / 8; // deep enough, and made in time
            }
        }

        return inner;
    }

    private byte[] Envelope(string path, int number, string manifest, byte[] body, long place = -1)
    {
        var recipient = new ProtobufWriter().Text(1, node + path);
        var envelope = new ProtobufWriter().Message(1, recipient).Message(2, Payload(number, manifest, body)).Double(5, BitConverter.Int64BitsToDouble(place));
        var container = new ProtobufWriter().Message(2, envelope);
        return new ProtobufWriter().Message(1, container).Written.ToArray(); // AkkaProtocolMessage.Payload
    }

    private static ProtobufWriter Payload(int number, string manifest, byte[] body) => new ProtobufWriter().Bytes(1, body).Integer(2, number).Text(3, manifest);

    private static byte[] Framed(byte[] frame)
    {
        var framed = new byte[frame.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(framed, frame.Length);
        frame.CopyTo(framed, 4);
        return framed;
    }

    private T Random<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
