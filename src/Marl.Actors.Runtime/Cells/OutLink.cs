using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Cells;

/// <summary>The producer's end of a link: credits, and tokens that wait for some.</summary>
internal sealed class OutLink(Link link)
{
    private readonly Queue<Message> pending = new();
    private int credits = link.Edge.Capacity;
    private bool isEnding;
    private bool hasEnded;

    public Link Link { get; } = link;

    /// <summary>Tokens wait here: the stage must not fire.</summary>
    public bool IsBlocked => pending.Count > 0;

    /// <summary>Tokens that wait for credits, the next one first.</summary>
    public IEnumerable<Message> Waiting => pending;

    public void Send(Message message, ITransport transport)
    {
        if (pending.Count == 0 && HasCredits(transport))
        {
            credits--;
            transport.Deliver(Link, message);
        }
        else
        {
            pending.Enqueue(message);
        }
    }

    public void Grant(int more, ITransport transport)
    {
        credits += more;
        Flush(transport);
    }

    /// <summary>Ends the stream behind whatever still waits.</summary>
    public void End(ITransport transport)
    {
        isEnding = true;
        Flush(transport);
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put(name + ".count", pending.Count);
        var k = 0;
        foreach (var message in pending)
        {
            snapshot.PutMessage($"{name}.{k++}", message);
        }
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        var count = snapshot.GetOne<int>(name + ".count");
        for (var k = 0; k < count; k++)
        {
            pending.Enqueue(snapshot.GetMessage($"{name}.{k}"));
        }
    }

    /// <summary>What is agreed with the consumer: credits, and whether the stream has ended.</summary>
    public void SaveAgreement(StageSnapshot snapshot, string name) => snapshot.Put<int>(name + ".agreed", [credits, isEnding ? 1 : 0, hasEnded ? 1 : 0]);

    public void LoadAgreement(StageSnapshot snapshot, string name)
    {
        Span<int> agreed = stackalloc int[3];
        snapshot.GetInto(name + ".agreed", agreed);
        (credits, isEnding, hasEnded) = (agreed[0], agreed[1] == 1, agreed[2] == 1);
    }

    private bool HasCredits(ITransport transport) => credits > 0 || (credits = transport.Collect(Link)) > 0;

    private void Flush(ITransport transport)
    {
        while (pending.Count > 0 && HasCredits(transport))
        {
            credits--;
            transport.Deliver(Link, pending.Dequeue());
        }

        if (isEnding && !hasEnded && pending.Count == 0)
        {
            hasEnded = true;
            transport.End(Link);
        }
    }
}
