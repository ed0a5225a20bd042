using Marl.Actors.Core.Files;

namespace Marl.Actors.Runtime.Tests.Cluster.Lines;

/// <summary>Frames as Akka makes them.</summary>
public static class LineFrames
{
    /// <summary>Of a message that has no number.</summary>
    public const ulong Unnumbered = ulong.MaxValue;

    /// <summary>What a line begins with.</summary>
    public static byte[] Introduction(string host = "127.0.0.1", int port = 4053, ulong uid = 7, string system = "marl", string scheme = "tcp") => Control(new ProtobufWriter()
        .Integer(1, 1)
        .Message(2, Fixed(new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, system).Text(2, host).Integer(3, port).Text(4, scheme)), 2, uid)));

    /// <summary>A sign of life.</summary>
    public static byte[] Heartbeat => Control(new ProtobufWriter().Integer(1, 3));

    /// <summary>A message for an actor.</summary>
    /// <param name="number">The place in the order of those that have one; <see cref="Unnumbered"/> for most.</param>
    /// <param name="length">Bytes of the message itself.</param>
    public static byte[] Message(ulong number = Unnumbered, int length = 3)
    {
        var payload = new ProtobufWriter().Bytes(1, new byte[length]).Integer(2, 17).Text(3, "S");
        var envelope = Fixed(new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, "akka.tcp://marl@127.0.0.1:4053/user/marl")).Message(2, payload), 5, number);
        return new ProtobufWriter().Message(1, new ProtobufWriter().Message(2, envelope)).Written.ToArray();
    }

    private static byte[] Control(ProtobufWriter instruction) => new ProtobufWriter().Message(2, instruction).Written.ToArray();

    private static ProtobufWriter Fixed(ProtobufWriter writer, int field, ulong value) => writer.Double(field, BitConverter.UInt64BitsToDouble(value));
}
