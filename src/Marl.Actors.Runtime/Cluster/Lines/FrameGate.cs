using System.Text;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>What becomes of a frame.</summary>
internal enum Verdict
{
    /// <summary>Akka gets it.</summary>
    Pass,

    /// <summary>Akka does not; the line goes on.</summary>
    Drop,

    /// <summary>No node of ours says such a thing: the line is closed.</summary>
    HangUp,
}

/// <summary>
/// Looks at every frame of one line before Akka does. The first must say who speaks. And those that carry a number, which Akka
/// delivers in their order, must not be ahead of it: for every number that is missing before one, Akka makes an entry in a set
/// (AckedReceiveBuffer 1.5.74), so that eight bytes of one frame could use up all memory there is.
/// </summary>
/// <param name="system">The name that all nodes' actor systems have.</param>
/// <param name="scheme">That of the transport, without Akka's own before it.</param>
/// <param name="order">What came from whom before.</param>
internal sealed class FrameGate(string system, string scheme, NumberedFrames order)
{
    private const int Associate = 1; // CommandType
    private const ulong Unnumbered = ulong.MaxValue;

    private readonly byte[] systemName = Encoding.UTF8.GetBytes(system);
    private readonly byte[] schemeName = Encoding.UTF8.GetBytes(scheme);
    private Correspondent? other;

    /// <summary>The other side has said who it is.</summary>
    public bool IsIntroduced => other is not null;

    /// <summary>Looks at the next frame (AkkaProtocolMessage).</summary>
    public Verdict Judge(ReadOnlySpan<byte> frame)
    {
        var verdict = Verdict.Pass;
        var fields = new Fields(frame);
        while (fields.Next())
        {
            var next = fields.IsBytes(1) ? Payload(fields.Bytes) : fields.IsBytes(2) ? Instruction(fields.Bytes) : Verdict.HangUp;
            verdict = next > verdict ? next : verdict;
        }

        return fields.IsBroken || frame.IsEmpty ? Verdict.HangUp : verdict;
    }

    /// <summary>AkkaControlMessage: the introduction; later, signs of life and farewells.</summary>
    private Verdict Instruction(ReadOnlySpan<byte> message)
    {
        var command = 0UL;
        var fields = new Fields(message);
        ReadOnlySpan<byte> introduction = default;
        while (fields.Next())
        {
            command = fields.IsVarint(1) ? fields.Value : command;
            introduction = fields.IsBytes(2) ? fields.Bytes : introduction;
        }

        if (fields.IsBroken)
        {
            return Verdict.HangUp;
        }

        if (command == Associate && other is null)
        {
            other = Introduction(introduction);
            return other is null ? Verdict.HangUp : Verdict.Pass;
        }

        return Verdict.Pass; // a call may be answered by a farewell
    }

    /// <summary>AkkaHandshakeInfo.</summary>
    private Correspondent? Introduction(ReadOnlySpan<byte> message)
    {
        Correspondent? found = null;
        var uid = 0UL;
        var fields = new Fields(message);
        while (fields.Next())
        {
            found = fields.IsBytes(1) ? Address(fields.Bytes) : found;
            uid = fields.IsFixed64(2) ? fields.Value : uid;
        }

        return fields.IsBroken || found is null ? null : found with { Uid = uid };
    }

    /// <summary>AddressData.</summary>
    private Correspondent? Address(ReadOnlySpan<byte> message)
    {
        var (host, port, isOfSystem, isOfScheme) = ("", 0UL, false, false);
        var fields = new Fields(message);
        while (fields.Next())
        {
            isOfSystem = fields.IsBytes(1) ? fields.Bytes.SequenceEqual(systemName) : isOfSystem;
            host = fields.IsBytes(2) ? Encoding.UTF8.GetString(fields.Bytes) : host;
            port = fields.IsVarint(3) ? fields.Value : port;
            isOfScheme = fields.IsBytes(4) ? fields.Bytes.SequenceEqual(schemeName) : isOfScheme;
        }

        return fields.IsBroken || !isOfSystem || !isOfScheme || port is 0 or > ushort.MaxValue || Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown
            ? null
            : new(host, (ushort)port, 0);
    }

    /// <summary>AckAndEnvelopeContainer.</summary>
    private Verdict Payload(ReadOnlySpan<byte> message)
    {
        if (other is null)
        {
            return Verdict.HangUp;
        }

        var verdict = Verdict.Pass;
        var fields = new Fields(message);
        while (fields.Next())
        {
            verdict = fields.IsBytes(2) && Envelope(fields.Bytes) is var next && next > verdict ? next : verdict;
        }

        return fields.IsBroken ? Verdict.HangUp : verdict;
    }

    /// <summary>RemoteEnvelope. One without a number says 0, as everywhere in protobuf.</summary>
    private Verdict Envelope(ReadOnlySpan<byte> message)
    {
        var number = 0UL;
        var fields = new Fields(message);
        while (fields.Next())
        {
            number = fields.IsFixed64(5) ? fields.Value : number;
        }

        return fields.IsBroken ? Verdict.HangUp : number == Unnumbered || order.Take(other!, number) ? Verdict.Pass : Verdict.Drop;
    }
}
