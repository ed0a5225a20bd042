using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>Tokens that wait at an input: from one producer, or from all where they are merged as they come.</summary>
internal sealed class Inbox(int index, bool keepsNewest)
{
    /// <summary>Position among all inboxes.</summary>
    public int Index => index;

    /// <summary>How many wait. Stays 0 where only the newest is kept.</summary>
    public long Count { get; set; }

    /// <summary>The newest is taken again and again.</summary>
    public bool KeepsNewest => keepsNewest;

    /// <summary>Some token has come.</summary>
    public bool HasNewest { get; private set; }

    public void Clear() => (Count, HasNewest) = (0, false);

    public void Add(long tokens)
    {
        HasNewest |= tokens > 0;
        Count += keepsNewest ? 0 : tokens;
    }

    public void Take(long tokens) => Count -= keepsNewest ? 0 : tokens;

    /// <summary>Firings, of at most so many, for which there are tokens.</summary>
    public long Firings(long tokens, long most) => keepsNewest ? (HasNewest && tokens == 1 ? most : 0) : Math.Min(most, Count / tokens);
}

/// <summary>An edge of the rehearsal, with the tokens that each of its producing instances has sent.</summary>
internal sealed class Channel(int index, Edge edge, Player? producer, Inbox inbox, int producers)
{
    /// <summary>Room for everything.</summary>
    public const long Unbounded = long.MaxValue / 4;

    private readonly Chain chain = new(edge.Operators);

    /// <summary>Position among all channels.</summary>
    public int Index => index;

    public Edge Edge => edge;

    /// <summary>Who sends; null for an edge that comes from outside.</summary>
    public Player? Producer => producer;

    public Inbox Inbox => inbox;

    public Chain Chain => chain;

    public long Capacity { get; set; } = Unbounded;

    /// <summary>Tokens that each producing instance has sent.</summary>
    public long Sent { get; set; }

    /// <summary>Room that is left.</summary>
    public long Room => Capacity - inbox.Count;

    /// <summary>It can be full.</summary>
    public bool IsBounded => Capacity < Unbounded && !inbox.KeepsNewest;

    /// <summary>Before anything is sent: what the operators send of themselves.</summary>
    public void Begin()
    {
        Sent = 0;
        inbox.Add(producers * chain.Count(0));
    }

    public void Send(long tokens)
    {
        inbox.Add(producers * (chain.Count(Sent + tokens) - chain.Count(Sent)));
        Sent += tokens;
    }

    /// <summary>
    /// The room that so many tokens need, none being taken meanwhile. A token needs room on its way even where an operator then
    /// lets it go.
    /// </summary>
    public long Needed(long tokens)
    {
        if (tokens == 0)
        {
            return 0;
        }

        if (chain.IsPlain)
        {
            return tokens * producers;
        }

        var before = chain.Count(Sent);
        return Math.Max(producers * (chain.Count(Sent + tokens) - before), (producers * (chain.Count(Sent + tokens - 1) - before)) + 1);
    }

    /// <summary>Firings, of at most so many, for whose tokens there is room.</summary>
    public long Firings(long tokens, long most)
    {
        if (!IsBounded || most == 0 || Needed(tokens * most) <= Room)
        {
            return most;
        }

        return Search.Least(0, most, k => Needed(tokens * (k + 1)) > Room);
    }
}
