using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>
/// Two ends of a conduit and a line between them that loses, doubles, delays and so reorders, all from one seed. A step is 10 ms.
/// </summary>
internal sealed class FaultyLine
{
    private readonly PriorityQueue<Action, (int At, int Order)> line = new();
    private readonly Random random;
    private readonly double loss;
    private int order;

    public FaultyLine(int seed, double loss, ConduitLimits limits)
    {
        random = new(seed);
        this.loss = loss;
        var key = new ConduitKey(seed, 1, 2, 3);
        Receiver = new(key, limits, ack => Carry(() => Sender!.Acknowledge(ack, Now)));
        Sender = new(key, limits, frame => Carry(() => Receiver.Accept(frame, parcel =>
        {
            Received.Add(parcel);
        })));
    }

    public ConduitSender Sender { get; }

    public ConduitReceiver Receiver { get; }

    public List<Parcel> Received { get; } = [];

    /// <summary>Steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>Nothing passes.</summary>
    public bool IsCut { get; set; }

    /// <summary>The longest a thing is under way, in steps.</summary>
    public int LongestDelay { get; init; } = 8;

    public TimeSpan Now => TimeSpan.FromMilliseconds(10 * Steps);

    /// <summary>10 ms pass: what arrives now arrives, then both ends are told the time.</summary>
    public void Step()
    {
        Steps++;
        while (line.TryPeek(out var arrive, out var when) && when.At <= Steps)
        {
            line.Dequeue();
            arrive();
        }

        Sender.Tick(Now);
        if (Steps % 5 == 0)
        {
            Receiver.Tick();
        }
    }

    /// <summary>Steps until everything has arrived. A line that is cut is mended after so many steps.</summary>
    public void Settle(int healAt = 0)
    {
        for (var i = 0; !Sender.IsIdle; i++)
        {
            Assert.True(i < 100_000, "The line does not come to rest.");
            IsCut &= i < healAt;
            Step();
        }
    }

    private void Carry(Action arrive)
    {
        if (IsCut || random.NextDouble() < loss)
        {
            return;
        }

        for (var copies = random.NextDouble() < loss ? 2 : 1; copies > 0; copies--)
        {
            line.Enqueue(arrive, (Steps + 1 + (loss > 0 ? random.Next(LongestDelay) : 0), order++));
        }
    }
}
