using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>
/// The room each edge needs for the graph to go on for ever: least bounds first; wherever the clock then stands still, the
/// narrowest full edge that causes it gets what is missing (Parks 1995); at last, what was given in excess is taken back. So one less on any
/// edge, the others being what they are, and a stage would wait for ever.
/// </summary>
internal sealed class LeastCapacities(Ensemble ensemble, Conductor conductor)
{
    private readonly Dictionary<Channel, long> lowest = [];
    private readonly HashSet<Channel> grown = [];

    /// <summary>Gives every channel its least capacity. False when that took too long.</summary>
    public bool Find()
    {
        var inner = ensemble.Channels.Where(c => c.Producer is not null).ToList();
        ensemble.Begin();
        foreach (var channel in ensemble.Channels)
        {
            lowest[channel] = Lowest(channel);
        }

        inner.ForEach(c => c.Capacity = lowest[c]);
        if (conductor.Run(Grow) != Ending.Alive)
        {
            return false;
        }

        foreach (var channel in inner.Where(grown.Contains))
        {
            var enough = channel.Capacity;
            channel.Capacity = Search.Least(lowest[channel], enough, c => IsEnough(channel, c));
        }

        return ensemble.Budget > 0;
    }

    /// <summary>The channel's least capacity, once found. What comes from outside needs room for one firing of its reader.</summary>
    public long Of(Channel channel) => channel.Producer is null ? lowest[channel] : channel.Capacity;

    /// <summary>Room for what lies there before the first firing, for one firing of the reader, and for one of the producer.</summary>
    private long Lowest(Channel channel)
    {
        var taken = ensemble.Players.First(p => p.Node.Id == channel.Edge.To).All.SelectMany(t => t.Takes).Where(t => t.Inbox == channel.Inbox).Max(t => (long?)t.Tokens) ?? 0;
        var sent = channel.Producer?.All.SelectMany(t => t.Sends).Where(s => s.Channel == channel && channel.Chain.IsPlain).Max(s => (long?)channel.Needed(s.Tokens)) ?? 0;
        return Math.Max(Math.Max(channel.Inbox.KeepsNewest ? 2 : 1, channel.Inbox.Count), Math.Max(taken, sent));
    }

    private bool IsEnough(Channel channel, long capacity)
    {
        channel.Capacity = capacity;
        return conductor.Run(() => false) == Ending.Alive;
    }

    /// <summary>
    /// The clock waits for a token or for room, and so does whom it waits for, round to somebody met before (Geilen and Basten
    /// 2003). Of the full edges on that round the one that needs the least gets what is missing; other full edges are none of
    /// the trouble's causes.
    /// </summary>
    private bool Grow()
    {
        var round = new List<(Player Player, Offer? Full)>();
        var at = ensemble.Players.FirstOrDefault(p => p.Node.Component.IsClock && !p.IsDone);
        while (at is not null && !round.Exists(r => r.Player == at))
        {
            var (next, full) = Wait(at);
            round.Add((at, full));
            at = next;
        }

        var offers = round.SkipWhile(r => r.Player != at).Select(r => r.Full).OfType<Offer>().ToList();
        if (offers.Count == 0)
        {
            return false;
        }

        var (channel, tokens) = offers.MinBy(s => s.Channel.Inbox.Count + s.Channel.Needed(s.Tokens));
        var needed = channel.Inbox.Count + channel.Needed(tokens);
        var isAgain = !grown.Add(channel);
        channel.Capacity = isAgain ? Math.Max(needed, channel.Capacity + (channel.Capacity - lowest[channel])) : needed; // what is too much is taken back
        return true;
    }

    /// <summary>Whom a player waits for: somebody to send it a token, or somebody to take one and leave room.</summary>
    private (Player? For, Offer? Full) Wait(Player player)
    {
        if (player.IsDone)
        {
            return (null, null);
        }

        foreach (var (inbox, tokens) in player.Turn.Takes)
        {
            if (inbox.Firings(tokens, 1) == 0)
            {
                return (Array.Find(ensemble.Channels, c => c.Inbox == inbox)!.Producer, null);
            }
        }

        foreach (var offer in player.Turn.Sends)
        {
            if (offer.Channel.Firings(offer.Tokens, 1) == 0)
            {
                return (ensemble.Players.First(p => p.Node.Id == offer.Channel.Edge.To), offer);
            }
        }

        return (null, null);
    }
}
