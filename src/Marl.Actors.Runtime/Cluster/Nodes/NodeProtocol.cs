using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>Leader → node: take part in an epoch of a run. Repeated until it is answered.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">Which attempt.</param>
/// <param name="Self">Which participant the node is.</param>
/// <param name="Participants">Addresses of all of them, the leader first.</param>
internal sealed record Opening(long Run, int Epoch, int Self, Values<string> Participants) : IWireRecord
{
    private const int MostParticipants = 1024;

    public static void Write(WireWriter to, Opening opening)
    {
        to.Long(opening.Run);
        to.Int(opening.Epoch);
        to.Small(opening.Self);
        to.Small(opening.Participants.Count);
        foreach (var address in opening.Participants)
        {
            to.Text(address);
        }
    }

    public static Opening Read(WireReader from)
    {
        var (run, epoch, self) = (from.Long(), from.Int(), from.Small(MostParticipants));
        var participants = new string[from.Count(MostParticipants)];
        for (var i = 0; i < participants.Length; i++)
        {
            participants[i] = from.Text();
        }

        return self < participants.Length
            ? new(run, epoch, self, [.. participants])
            : throw new WireException($"Number {self} of {participants.Length} participants is addressed.");
    }
}

/// <summary>Node → leader: it does.</summary>
internal sealed record Opened(long Run, int Epoch, int Self) : IWireRecord
{
    public static void Write(WireWriter to, Opened opened)
    {
        to.Long(opened.Run);
        to.Int(opened.Epoch);
        to.Int(opened.Self);
    }

    public static Opened Read(WireReader from) => new(from.Long(), from.Int(), from.Int());
}

/// <summary>Leader → node: that epoch, and all before it, are over.</summary>
internal sealed record Closing(long Run, int Epoch) : IWireRecord
{
    public static void Write(WireWriter to, Closing closing)
    {
        to.Long(closing.Run);
        to.Int(closing.Epoch);
    }

    public static Closing Read(WireReader from) => new(from.Long(), from.Int());
}

/// <summary>Within a node: the sender leads that epoch.</summary>
internal sealed record Leading(long Run, int Epoch);
