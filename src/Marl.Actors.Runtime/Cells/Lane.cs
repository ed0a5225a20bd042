using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>Tokens waiting at an input from one producer (from all of them where the merge is as-it-comes), in order.</summary>
internal sealed class Lane(Merge merge)
{
    private readonly Queue<Message> waiting = new();
    private int openLinks;
    private Message? newest; // for merge latest: what is taken again until something newer comes

    /// <summary>Tokens that can be taken.</summary>
    public int Count => waiting.Count;

    /// <summary>These tokens, the next one first.</summary>
    public IEnumerable<Message> Waiting => waiting;

    /// <summary>All producers have ended.</summary>
    public bool HasEnded => openLinks == 0;

    /// <summary>Told when the last producer ends.</summary>
    public Action? WhenEnded { private get; init; }

    public void Open() => openLinks++;

    public void Close()
    {
        if (--openLinks == 0)
        {
            WhenEnded?.Invoke();
        }
    }

    public void Add(Message message)
    {
        if (merge == Merge.Latest)
        {
            while (waiting.TryDequeue(out var older))
            {
                older.Release();
            }
        }

        waiting.Enqueue(message);
    }

    public bool Has(int tokens) => waiting.Count >= tokens || (newest is not null && waiting.Count == 0 && tokens == 1);

    /// <summary>True when the lane will never hold that many tokens.</summary>
    public bool IsExhausted(int tokens) => HasEnded && !Has(tokens);

    public Message Take()
    {
        if (merge != Merge.Latest)
        {
            return waiting.Dequeue();
        }

        if (waiting.TryDequeue(out var message))
        {
            newest?.Release();
            newest = message;
        }

        return newest!.Retain();
    }

    public void Clear()
    {
        while (waiting.TryDequeue(out var message))
        {
            message.Release();
        }
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put(name + ".count", waiting.Count);
        var k = 0;
        foreach (var message in waiting)
        {
            snapshot.PutMessage($"{name}.{k++}", message);
        }

        snapshot.Put(name + ".has-newest", (byte)(newest is null ? 0 : 1));
        if (newest is not null)
        {
            snapshot.PutMessage(name + ".newest", newest);
        }
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        var count = snapshot.GetOne<int>(name + ".count");
        for (var k = 0; k < count; k++)
        {
            waiting.Enqueue(snapshot.GetMessage($"{name}.{k}"));
        }

        newest = snapshot.GetOne<byte>(name + ".has-newest") == 1 ? snapshot.GetMessage(name + ".newest") : null;
    }
}
