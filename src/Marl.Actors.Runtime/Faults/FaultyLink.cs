using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// A link over a network that loses, doubles and overtakes, between cells that may crash, made reliable. The producer's end
/// numbers tokens and keeps them; the consumer's end puts them in order and asks for what is missing. A cell that is made anew
/// brings its ends as they were saved with it, and both sides say where they stand. The way back, with credits,
/// acknowledgements and requests, has no faults. Credits, and how often the consumer is saved, bound what is kept.
/// </summary>
internal sealed class FaultyLink
{
    private readonly SimulatedTransport wire;
    private readonly FaultDice dice;
    private readonly Func<LinkReceiver> makeReceiver;
    private readonly LinkLedger ledger;
    private readonly bool isConsumerSafe;
    private readonly List<(long Number, Message? Message, int Left)> late = [];
    private LinkSender sender;
    private LinkReceiver receiver;
    private long granted;      // all before that number may be sent, as the consumer knows
    private long asked = -1;
    private bool isProducerDown;
    private bool isConsumerDown;

    public FaultyLink(Link link, SimulatedTransport wire, FaultDice dice, Func<LinkReceiver> makeReceiver, LinkLedger ledger, bool isConsumerSafe)
    {
        Link = link;
        this.wire = wire;
        this.dice = dice;
        this.makeReceiver = makeReceiver;
        this.ledger = ledger;
        this.isConsumerSafe = isConsumerSafe;
        sender = new(link.Edge.Capacity);
        receiver = makeReceiver();
        granted = link.Edge.Capacity;
    }

    public Link Link { get; }

    /// <summary>Tokens sent, those sent again counted once.</summary>
    public long Sent => ledger.Sent;

    /// <summary>Faults injected.</summary>
    public long Faults => dice.Drawn;

    /// <summary>The cell at the producer's end sends a token, or null for the end; takes one reference over.</summary>
    /// <returns>Whether it is the first time.</returns>
    public bool Send(Message? message)
    {
        var number = sender.Keep(message);
        var isFirst = ledger.Send(number, message);
        Transmit(number);
        return isFirst;
    }

    /// <summary>The cell at the consumer's end gives credits.</summary>
    public void Grant(int credits)
    {
        granted += credits;
        var upTo = granted;
        wire.Back(Link, () => Allow(upTo));
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

        var outstanding = sender.Outstanding.ToArray();
        Array.ForEach(outstanding, Transmit);
        return outstanding.Length > 0;
    }

    /// <summary>Saves the producer's end.</summary>
    public LinkSender.Saved SaveProducer() => sender.Save();

    /// <summary>Saves the consumer's end, and tells the producer what it need not keep any more.</summary>
    public (long Expected, long Granted) SaveConsumer()
    {
        var expected = receiver.Expected;
        wire.Back(Link, () => Release(expected));
        return (expected, granted);
    }

    /// <summary>The cell at the producer's end is gone: nothing reaches it.</summary>
    public void LoseProducer() => isProducerDown = true;

    /// <summary>The cell at the consumer's end is gone: nothing reaches it.</summary>
    public void LoseConsumer() => isConsumerDown = true;

    /// <summary>The producer's end is made anew; null for the beginning.</summary>
    public void ReplaceProducer(LinkSender.Saved? saved)
    {
        sender = new(Link.Edge.Capacity);
        if (saved is not null)
        {
            sender.Load(saved);
        }

        isProducerDown = false;
        wire.Forth(Link, () =>
        {
            if (!isConsumerDown)
            {
                Announce();
            }
        });
    }

    /// <summary>The consumer's end is made anew; null for the beginning.</summary>
    public void ReplaceConsumer((long Expected, long Granted)? saved)
    {
        receiver = makeReceiver();
        (receiver.Expected, granted) = saved ?? (0, Link.Edge.Capacity);
        ledger.Rewind(receiver.Expected);
        asked = -1;
        isConsumerDown = false;
        Announce();
    }

    private void Transmit(long number)
    {
        var message = sender[number];
        var (isLost, copies, lateBy) = dice.Next();
        if (!isLost || !sender.TryLose(number))
        {
            for (var copy = 0; copy < copies; copy++)
            {
                message?.Retain();
                if (lateBy == 0 || copy > 0)
                {
                    Forth(number, message);
                }
                else
                {
                    late.Add((number, message, lateBy + 1));
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

    private void Forth(long number, Message? message) => wire.Forth(Link, () => Arrive(number, message));

    private void Arrive(long number, Message? message)
    {
        if (isConsumerDown)
        {
            message?.Release();
            return;
        }

        receiver.Accept(number, message, (n, token) =>
        {
            ledger.Take(n, token);
            wire.Arrive(Link, token);
        });
        var expected = receiver.Expected;
        wire.Back(Link, () => Acknowledge(expected));
        if (receiver.FirstHeld is { } held && asked < expected)
        {
            asked = expected;
            wire.Back(Link, () => Repeat(expected, held));
        }
    }

    /// <summary>The consumer says where it stands and what it granted.</summary>
    private void Announce()
    {
        var (expected, upTo) = (receiver.Expected, granted);
        wire.Back(Link, () =>
        {
            if (!isProducerDown)
            {
                sender.Meet(expected);
                Allow(upTo);
                Repeat(expected, long.MaxValue);
            }
        });
    }

    private void Allow(long upTo)
    {
        if (!isProducerDown && sender.Allow(upTo) is var more and > 0)
        {
            wire.Allow(Link, more);
        }
    }

    private void Acknowledge(long expected)
    {
        if (!isProducerDown)
        {
            sender.Acknowledge(expected);
            if (isConsumerSafe)
            {
                sender.Release(expected);
            }
        }
    }

    private void Release(long number)
    {
        if (!isProducerDown)
        {
            sender.Release(number);
        }
    }

    private void Repeat(long from, long to)
    {
        if (!isProducerDown)
        {
            foreach (var number in sender.Outstanding.Where(n => n >= from && n < to).ToArray())
            {
                Transmit(number);
            }
        }
    }
}
