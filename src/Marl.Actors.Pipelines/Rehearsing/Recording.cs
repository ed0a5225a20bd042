namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>
/// Why every player fired as often as it did in some sweeps that repeat. From it follows how often the sweeps can be repeated
/// at a stroke with the very same decisions: a rollout of a million steps costs no more than one of ten.
/// </summary>
internal sealed class Recording
{
    private readonly Ensemble ensemble;
    private readonly List<Bound> bounds = [];
    private readonly long[] counts; // at the beginning, by inbox
    private readonly bool[] hadNewest;
    private readonly long[] sent; // by channel
    private readonly (int At, long Done, long Round, long Groups, long Passed, long Cycles, long Fired)[] places; // by player
    private int attempts;

    public Recording(Ensemble ensemble)
    {
        this.ensemble = ensemble;
        counts = [.. ensemble.Inboxes.Select(i => i.Count)];
        hadNewest = [.. ensemble.Inboxes.Select(i => i.HasNewest)];
        sent = [.. ensemble.Channels.Select(c => c.Sent)];
        places = [.. ensemble.Players.Select(p => (p.At, p.Done, p.Round, p.Groups, p.Passed, p.Cycles, p.Fired))];
    }

    private enum Kind
    {
        Tokens,
        Room,
        Left,
        Cycles,
        Rounds,
    }

    /// <summary>A player is about to fire so often.</summary>
    public void Note(Player player, long firings)
    {
        attempts++;
        bounds.Add(new(attempts, Kind.Left, player.Index, player.Left(), firings, firings + 1));
        if (player.IsBeginning)
        {
            bounds.Add(new(attempts, Kind.Cycles, player.Index, player.Limit - player.Cycles, firings > 0 ? 1 : 0, 1));
        }

        if (player.Turn.Rounds > 0 && firings > 0 && player.Turn.Rounds - player.Round - 1 is var left and > 0)
        {
            bounds.Add(new(attempts, Kind.Rounds, player.Index, left, 1, 1)); // it begins another round
        }

        foreach (var (inbox, tokens) in player.Turn.Takes)
        {
            if (!inbox.KeepsNewest)
            {
                bounds.Add(new(attempts, Kind.Tokens, inbox.Index, inbox.Count, tokens * firings, tokens * (firings + 1)));
            }
            else if (inbox.Firings(tokens, 1) == 0)
            {
                bounds.Add(new(attempts, Kind.Tokens, inbox.Index, 0, 0, 1));
            }
        }

        foreach (var (channel, tokens) in player.Turn.Sends)
        {
            if (channel.IsBounded)
            {
                bounds.Add(new(attempts, Kind.Room, channel.Index, channel.Room, channel.Needed(tokens * firings), channel.Needed(tokens * (firings + 1))));
            }
        }
    }

    /// <summary>Repeats the recorded sweeps as often as nothing would be decided otherwise.</summary>
    /// <returns>How often; 0 when not even once, and then nothing has changed.</returns>
    public long Repeat()
    {
        var times = Steady();
        if (times <= 0)
        {
            return 0;
        }

        foreach (var inbox in ensemble.Inboxes)
        {
            inbox.Count += (inbox.Count - counts[inbox.Index]) * times;
        }

        foreach (var channel in ensemble.Channels)
        {
            channel.Sent += (channel.Sent - sent[channel.Index]) * times;
        }

        foreach (var player in ensemble.Players)
        {
            var before = places[player.Index];
            player.Repeat(player.Round - before.Round, player.Passed - before.Passed, player.Cycles - before.Cycles, player.Fired - before.Fired, times);
        }

        return times;
    }

    private long Steady()
    {
        foreach (var player in ensemble.Players)
        {
            var (at, done, round, groups, passed, _, _) = places[player.Index];
            if (player.At != at || (player.Groups != groups && player.Round != round) || (!player.HasEnded && !player.IsEven && player.Passed != passed && player.Done != done))
            {
                return 0;
            }
        }

        if (ensemble.Inboxes.Any(i => i.HasNewest != hadNewest[i.Index]))
        {
            return 0;
        }

        var times = ensemble.Channels.Min(c => (long?)Steady(c)) ?? long.MaxValue;
        foreach (var attempt in bounds.GroupBy(b => b.Attempt))
        {
            var holds = long.MaxValue;
            var stops = 0L;
            foreach (var bound in attempt)
            {
                var shift = Shift(bound);
                holds = Math.Min(holds, shift >= 0 ? long.MaxValue : (bound.Quantity - bound.Needed) / -shift);
                stops = Math.Max(stops, bound.Quantity >= bound.NeededForMore ? 0 : shift <= 0 ? long.MaxValue : (bound.NeededForMore - 1 - bound.Quantity) / shift);
            }

            times = Math.Min(times, Math.Min(holds, stops));
        }

        return times == long.MaxValue ? 0 : times;
    }

    /// <summary>Repetitions in which the channel's operators go on alike.</summary>
    private long Steady(Channel channel)
    {
        var (before, pushed) = (sent[channel.Index], channel.Sent - sent[channel.Index]);
        if (pushed == 0 || channel.Chain.IsPlain || channel.Chain.Phases(before) == channel.Chain.Phases(channel.Sent))
        {
            return long.MaxValue;
        }

        return (channel.Chain.Stretch(before) / pushed) - 3; // those recorded, and one more that a bound may have looked at
    }

    private long Shift(Bound bound)
    {
        switch (bound.Kind)
        {
            case Kind.Tokens:
                return ensemble.Inboxes[bound.Index].Count - counts[bound.Index];
            case Kind.Room:
                var inbox = ensemble.Channels[bound.Index].Inbox;
                return counts[inbox.Index] - inbox.Count;
            case Kind.Rounds:
                return places[bound.Index].Groups == ensemble.Players[bound.Index].Groups ? places[bound.Index].Round - ensemble.Players[bound.Index].Round : 0;
            case Kind.Cycles:
                return places[bound.Index].Cycles - ensemble.Players[bound.Index].Cycles;
            default:
                var player = ensemble.Players[bound.Index];
                return player.IsEven || player.Passed == places[bound.Index].Passed ? places[bound.Index].Fired - player.Fired : 0;
        }
    }

    /// <summary>Something a decision rested on.</summary>
    /// <param name="Attempt">Which decision.</param>
    /// <param name="Kind">What there was an amount of.</param>
    /// <param name="Index">Of the inbox, channel or player.</param>
    /// <param name="Quantity">How much there was.</param>
    /// <param name="Needed">What was needed to fire that often.</param>
    /// <param name="NeededForMore">What would have been needed to fire once more.</param>
    private readonly record struct Bound(int Attempt, Kind Kind, int Index, long Quantity, long Needed, long NeededForMore);
}
