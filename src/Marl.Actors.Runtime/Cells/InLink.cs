using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Cells;

/// <summary>
/// The consumer's end of a link: operators, the lane behind them, and the credits the producer holds. The producer may
/// have as many tokens under way or waiting as the capacity says.
/// </summary>
internal sealed class InLink
{
    private readonly Lane lane;
    private readonly IOperator[] operators;
    private readonly Action<Message>[] steps; // steps[i] pushes into operator i; the last adds to the lane
    private readonly ICellWatch? watch;
    private readonly int least;               // capacity
    private int held;                         // credits at the producer, tokens on their way included
    private bool hasEnded;

    public InLink(Link link, Lane lane, long seed, ICellWatch? watch)
    {
        Link = link;
        this.lane = lane;
        this.watch = watch;
        Capacity = held = link.Edge.Capacity;
        least = link.Edge.LeastCapacity ?? 1;
        lane.Open();
        operators = link.CreateOperators(seed);
        steps = new Action<Message>[operators.Length + 1];
        steps[^1] = Watched(operators.Length, lane.Add);
        for (var i = operators.Length - 1; i >= 0; i--)
        {
            var (step, next) = (operators[i], steps[i + 1]);
            steps[i] = Watched(i, message => step.Push(message, next));
        }
    }

    public Link Link { get; }

    public Lane Lane => lane;

    public int Capacity { get; private set; }

    /// <summary>The edge has operators, which an interpreter may run as a block of their own.</summary>
    public bool HasOperators => operators.Length > 0;

    /// <summary>Initial tokens of the operators.</summary>
    public void Start()
    {
        for (var i = 0; i < operators.Length; i++)
        {
            operators[i].Start(steps[i + 1]);
        }
    }

    /// <summary>A token has arrived; it goes through the operators into the lane.</summary>
    public void Push(Message message)
    {
        held--;
        steps[0](message);
        watch?.Passed(Link);
    }

    /// <summary>A token was superseded on its way: its credit is free again.</summary>
    public void Skip() => held--;

    /// <summary>The producer has ended: operators flush, then the lane closes.</summary>
    public void End()
    {
        for (var i = 0; i < operators.Length; i++)
        {
            operators[i].End(steps[i + 1]);
        }

        watch?.Closed(Link);
        hasEnded = true;
        lane.Close();
    }

    /// <summary>
    /// Credits to give now: enough to fill the capacity again, but not one by one on wide edges. What is held back never makes
    /// the edge narrower than it must be.
    /// </summary>
    public int TakeGrant()
    {
        var grant = Capacity - held - lane.Count;
        if (grant <= 0 || grant < Math.Min(Capacity / 2, Capacity - least + 1))
        {
            return 0;
        }

        held += grant;
        return grant;
    }

    /// <summary>Makes room: the run would stall on this edge otherwise. No value changes.</summary>
    public void Grow() => Capacity = Math.Max(Capacity * 2, lane.Count + 2);

    public void Save(StageSnapshot snapshot, string name)
    {
        for (var i = 0; i < operators.Length; i++)
        {
            var inner = new StageSnapshot();
            operators[i].Save(inner);
            foreach (var (key, bytes) in inner.Entries)
            {
                snapshot.PutBytes($"{name}.operator{i}/{key}", bytes);
            }
        }
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        for (var i = 0; i < operators.Length; i++)
        {
            var prefix = $"{name}.operator{i}/";
            var inner = new StageSnapshot();
            foreach (var (key, bytes) in snapshot.Entries.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                inner.PutBytes(key[prefix.Length..], bytes);
            }

            operators[i].Load(inner);
        }
    }

    /// <summary>What is agreed with the producer: credits, and whether it has ended.</summary>
    public void SaveAgreement(StageSnapshot snapshot, string name) => snapshot.Put<int>(name + ".agreed", [Capacity, held, hasEnded ? 1 : 0]);

    public void LoadAgreement(StageSnapshot snapshot, string name)
    {
        Span<int> agreed = stackalloc int[3];
        snapshot.GetInto(name + ".agreed", agreed);
        (Capacity, held, hasEnded) = (agreed[0], agreed[1], agreed[2] == 1);
        if (hasEnded)
        {
            lane.Close();
        }
    }

    private Action<Message> Watched(int position, Action<Message> step) => watch is null ? step : message =>
    {
        watch.Entered(Link, position, message);
        step(message);
    };
}
