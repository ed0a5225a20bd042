using Marl.Actors.Core.Messages;

namespace Marl.Actors.Core.Stages;

/// <summary>The tokens of one firing, by input port, producer and position. Reused by the runtime: not to be kept.</summary>
public sealed class Firing
{
    private readonly List<Message>[][] tokens;

    /// <summary>Room for the given numbers of producers, per port.</summary>
    public Firing(IReadOnlyList<int> peersPerPort) =>
        tokens = [.. peersPerPort.Select(peers => Enumerable.Range(0, peers).Select(_ => new List<Message>()).ToArray())];

    /// <summary>The <paramref name="k"/>-th token from producer <paramref name="peer"/> on port <paramref name="port"/>.</summary>
    public Message this[int port, int peer = 0, int k = 0] => tokens[port][peer][k];

    /// <summary>Producers on a port.</summary>
    public int Peers(int port) => tokens[port].Length;

    /// <summary>Tokens this firing got from a producer.</summary>
    public int Count(int port, int peer = 0) => tokens[port].Length == 0 ? 0 : tokens[port][peer].Count;

    /// <summary>Adds a token (runtime and tests).</summary>
    public void Add(int port, int peer, Message message) => tokens[port][peer].Add(message);

    /// <summary>Releases all tokens and empties the firing (runtime and tests).</summary>
    public void Release()
    {
        foreach (var port in tokens)
        {
            foreach (var peer in port)
            {
                foreach (var message in peer)
                {
                    message.Release();
                }

                peer.Clear();
            }
        }
    }
}
