using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// Which places made up the batches that a learner has not answered yet, in the order they were drawn. Answers come in that order too;
/// those that never come (a message lost on the way) are passed over when a later one does, or once there are too many.
/// </summary>
/// <param name="items">Items of a batch.</param>
internal sealed class DrawnBatches(int items)
{
    private const int Most = 1024; // batches under way

    private readonly Queue<Drawn> underWay = new();
    private readonly Stack<Drawn> free = new();

    /// <summary>A new batch, to be filled in: the places its items begin at.</summary>
    public Drawn Add(Stamp stamp)
    {
        if (underWay.Count == Most)
        {
            free.Push(underWay.Dequeue());
        }

        var drawn = free.TryPop(out var used) ? used : new(items);
        drawn.Stamp = stamp;
        underWay.Enqueue(drawn);
        return drawn;
    }

    /// <summary>The batch that is answered; null where it is not known. It is forgotten, and all before it; what is returned lasts until the next one is added.</summary>
    public Drawn? Answer(Stamp stamp)
    {
        while (underWay.TryPeek(out var oldest) && (oldest.Stamp.Update, oldest.Stamp.Step).CompareTo((stamp.Update, stamp.Step)) <= 0)
        {
            free.Push(underWay.Dequeue());
            if (oldest.Stamp == stamp)
            {
                return oldest;
            }
        }

        return null;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("replay.drawn-stamps", underWay.SelectMany(d => new[] { d.Stamp.Update, d.Stamp.Step }).ToArray());
        snapshot.Put<int>("replay.drawn-copies", underWay.SelectMany(d => d.Copies).ToArray());
        snapshot.Put<long>("replay.drawn-places", underWay.SelectMany(d => d.Places).ToArray());
    }

    public void Load(StageSnapshot snapshot)
    {
        var stamps = snapshot.Get<int>("replay.drawn-stamps");
        var (copies, places) = (snapshot.Get<int>("replay.drawn-copies"), snapshot.Get<long>("replay.drawn-places"));
        for (var i = 0; i < stamps.Length / 2; i++)
        {
            var drawn = Add(new(stamps[2 * i], stamps[(2 * i) + 1]));
            copies.AsSpan(i * items, items).CopyTo(drawn.Copies);
            places.AsSpan(i * items, items).CopyTo(drawn.Places);
        }
    }

    /// <summary>Where the items of a batch began: copies, and numbers of places (<see cref="Timelines.Number"/>).</summary>
    internal sealed class Drawn(int items)
    {
        public Stamp Stamp { get; set; }

        public int[] Copies { get; } = new int[items];

        public long[] Places { get; } = new long[items];
    }
}
