using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// A link over a network that loses, doubles and overtakes, made reliable: the producer's end numbers tokens and keeps them
/// until they are acknowledged; the consumer's end puts them in order and asks for what is missing. The way back, with
/// credits, acknowledgements and requests, has no faults. Credits bound what is kept.
/// </summary>
internal sealed class FaultyLink(Link link, SimulatedTransport wire, FaultDice dice, LinkReceiver receiver, LinkLedger ledger)
{
    private const int MostLosses = 3; // of one token: a network that loses everything carries nothing

    private readonly SortedDictionary<long, Kept> kept = [];
    private readonly List<(long Number, Message? Message, int Left)> late = [];
    private long next;
    private long asked = -1;

    /// <summary>Tokens sent.</summary>
    public long Sent => ledger.Sent;

    /// <summary>Faults injected.</summary>
    public long Faults => dice.Drawn;

    /// <summary>A token, or null for the end; takes one reference over.</summary>
    public void Send(Message? message)
    {
        ledger.Send(message);
        kept.Add(next, new(message));
        Transmit(next++);
    }

    /// <summary>Nothing else can happen: time passes until late transmissions arrive and unacknowledged ones are repeated.</summary>
    /// <returns>False when there was nothing to wait for.</returns>
    public bool Expire()
    {
        if (late.Count > 0)
        {
            late.ForEach(l => Forth(l.Number, l.Message));
            late.Clear();
            return true;
        }

        foreach (var number in kept.Keys.ToArray())
        {
            Transmit(number);
        }

        return kept.Count > 0;
    }

    /// <summary>The run is over.</summary>
    public void Close() => ledger.Close();

    private void Transmit(long number)
    {
        var token = kept[number];
        var (isLost, copies, lateBy) = dice.Next();
        if (!isLost || token.Losses++ >= MostLosses)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                token.Message?.Retain();
                if (lateBy == 0 || copy > 0)
                {
                    Forth(number, token.Message);
                }
                else
                {
                    late.Add((number, token.Message, lateBy + 1));
                }
            }
        }

        for (var i = late.Count - 1; i >= 0; i--)
        {
            late[i] = late[i] with { Left = late[i].Left - 1 };
            if (late[i].Left == 0)
            {
                Forth(late[i].Number, late[i].Message);
                late.RemoveAt(i);
            }
        }
    }

    private void Forth(long number, Message? message) => wire.Forth(link, () => Arrive(number, message));

    private void Arrive(long number, Message? message)
    {
        receiver.Accept(number, message, (n, token) =>
        {
            ledger.Take(n, token);
            wire.Arrive(link, token);
        });
        var expected = receiver.Expected;
        wire.Back(link, () => Acknowledge(expected));
        if (receiver.FirstHeld is { } held && asked < expected)
        {
            asked = expected;
            wire.Back(link, () => Repeat(expected, held));
        }
    }

    private void Acknowledge(long expected)
    {
        while (kept.Count > 0 && kept.First() is var oldest && oldest.Key < expected)
        {
            kept.Remove(oldest.Key);
            oldest.Value.Message?.Release();
        }
    }

    private void Repeat(long from, long to)
    {
        for (var number = from; number < to; number++)
        {
            if (kept.ContainsKey(number))
            {
                Transmit(number);
            }
        }
    }

    private sealed class Kept(Message? message)
    {
        public Message? Message { get; } = message;

        public int Losses { get; set; }
    }
}
