using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// The producer's end of an unreliable link: numbers tokens and keeps each until the consumer needs it no more, which is when
/// it has arrived, or, for a consumer that may crash, when it is part of what was saved of it. Credits are counted from the
/// beginning of the stream, so that hearing of them twice, or late, does no harm.
/// </summary>
/// <param name="capacity">Tokens that may be sent before the first credit.</param>
internal sealed class LinkSender(long capacity)
{
    private const int MostLosses = 3; // of one token: a network that loses everything carries nothing

    private readonly List<Kept> kept = [];
    private long first;                   // number of the first one kept
    private long acknowledged;            // all before that number have arrived
    private long allowed = capacity;      // all before that number may be sent

    /// <summary>The number of the next token; the end of the stream is one too.</summary>
    public long Next => first + kept.Count;

    /// <summary>Numbers that have not arrived, as far as is known.</summary>
    public IEnumerable<long> Outstanding
    {
        get
        {
            for (var number = Math.Max(first, acknowledged); number < Next; number++)
            {
                yield return number;
            }
        }
    }

    /// <summary>Takes the next token; null is the end. Takes one reference over.</summary>
    /// <returns>Its number.</returns>
    public long Keep(Message? message)
    {
        kept.Add(new(message));
        return Next - 1;
    }

    /// <summary>A token that is kept.</summary>
    public Message? this[long number] => kept[(int)(number - first)].Message;

    /// <summary>The network wants to lose a transmission of this token.</summary>
    /// <returns>Whether it may.</returns>
    public bool TryLose(long number) => kept[(int)(number - first)].Losses++ < MostLosses;

    /// <summary>All before that number have arrived.</summary>
    public void Acknowledge(long expected) => acknowledged = Math.Max(acknowledged, expected);

    /// <summary>The consumer says where it stands: what it does not have is to be sent, again perhaps.</summary>
    public void Meet(long expected) => acknowledged = expected;

    /// <summary>All before that number are never asked for again.</summary>
    public void Release(long number)
    {
        var count = (int)Math.Clamp(number - first, 0, kept.Count);
        for (var i = 0; i < count; i++)
        {
            kept[i].Message?.Release();
        }

        kept.RemoveRange(0, count);
        first += count;
    }

    /// <summary>All before that number may be sent.</summary>
    /// <returns>Credits that are new.</returns>
    public int Allow(long upTo)
    {
        var more = Math.Max(0, upTo - allowed);
        allowed += more;
        return (int)more;
    }

    /// <summary>The whole state, for a producer that may crash.</summary>
    public Saved Save() => new(first, allowed, [.. kept.Select(k => k.Message?.Retain())]);

    /// <summary>A producer's end made anew.</summary>
    public void Load(Saved saved)
    {
        (first, allowed, acknowledged) = (saved.First, saved.Allowed, saved.First);
        kept.AddRange(saved.Kept.Select(m => new Kept(m?.Retain())));
    }

    /// <summary>What was saved of a producer's end.</summary>
    internal sealed record Saved(long First, long Allowed, Message?[] Kept) : IDisposable
    {
        public void Dispose() => Array.ForEach(Kept, m => m?.Release());
    }

    private sealed class Kept(Message? message)
    {
        public Message? Message { get; } = message;

        public int Losses { get; set; }
    }
}
