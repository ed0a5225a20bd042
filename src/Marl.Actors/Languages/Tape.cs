using Marl.Actors.Core.Messages;

namespace Marl.Actors.Languages;

/// <summary>All tokens that went into one stage instance and came out of it, port by port, in order; kept until it is disposed.</summary>
internal sealed class Tape : IDisposable
{
    private readonly Dictionary<(int Port, int Peer), List<Message>> taken = [];
    private readonly Dictionary<(int Port, int Peer), List<Message>> sent = [];

    /// <summary>What an input took of a producer.</summary>
    public IReadOnlyList<Message> Taken(int port, int peer = 0) => taken.GetValueOrDefault((port, peer)) ?? [];

    /// <summary>What an output sent to a reader; −1 for what it sent to all.</summary>
    public IReadOnlyList<Message> Sent(int port, int peer = -1) => sent.GetValueOrDefault((port, peer)) ?? [];

    /// <summary>Keeps a token that was taken.</summary>
    public void Take(int port, int peer, Message message) => Keep(taken, (port, peer), message);

    /// <summary>Keeps a token that is about to be sent.</summary>
    public void Send(int port, int peer, Message message) => Keep(sent, (port, peer), message);

    public void Dispose()
    {
        foreach (var message in taken.Values.Concat(sent.Values).SelectMany(kept => kept))
        {
            message.Release();
        }

        taken.Clear();
        sent.Clear();
    }

    private static void Keep(Dictionary<(int Port, int Peer), List<Message>> target, (int Port, int Peer) place, Message message)
    {
        if (!target.TryGetValue(place, out var kept))
        {
            target.Add(place, kept = []);
        }

        kept.Add(message.Retain());
    }
}
