using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// The consumer's end of an unreliable link: gives tokens on in the order of their numbers, each once. What comes early is
/// held back, what is known is dropped. A null message is the end of the stream.
/// </summary>
internal class LinkReceiver
{
    private readonly SortedDictionary<long, Message?> held = [];

    /// <summary>The number of the next token to give on; all before it have arrived.</summary>
    public long Expected { get; set; }

    /// <summary>The first number held back; null when nothing is.</summary>
    public long? FirstHeld => held.Count == 0 ? null : held.Keys.First();

    /// <summary>A transmission has arrived; takes one reference over.</summary>
    public virtual void Accept(long number, Message? message, Action<long, Message?> giveOn)
    {
        if (IsKnown(number))
        {
            message?.Release();
            return;
        }

        if (number > Expected)
        {
            if (!held.TryAdd(number, message))
            {
                message?.Release();
            }

            return;
        }

        giveOn(number, message);
        Expected = Math.Max(Expected, number + 1);
        while (held.Remove(Expected, out var next))
        {
            giveOn(Expected++, next);
        }
    }

    /// <summary>Whether a transmission says nothing new.</summary>
    protected virtual bool IsKnown(long number) => number < Expected || held.ContainsKey(number);
}
