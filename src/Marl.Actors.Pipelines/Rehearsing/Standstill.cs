using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Rendering;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>Finds and explains players that never fire again.</summary>
internal static class Standstill
{
    /// <summary>
    /// Players that did nothing in the last iteration and never will: each waits for tokens that only others of them, or nobody,
    /// could send.
    /// </summary>
    /// <param name="ensemble">Run dry, with room for everything.</param>
    /// <param name="fired">Firings before the last iteration, by player.</param>
    public static IReadOnlyDictionary<Player, (Channel Channel, long Tokens)> Dead(Ensemble ensemble, long[] fired)
    {
        var dead = ensemble.Players.Where(p => !p.IsDone && p.Fired == fired[p.Index]).ToHashSet();
        while (true)
        {
            var waits = dead.ToDictionary(p => p, p => Wait(p, ensemble, dead));
            if (waits.All(w => w.Value is not null))
            {
                return waits.ToDictionary(w => w.Key, w => w.Value!.Value);
            }

            dead.RemoveWhere(p => waits[p] is null);
        }
    }

    /// <summary>One diagnostic for each loop of players that wait for each other, and for each that waits for somebody who has nothing more to say.</summary>
    public static IEnumerable<Diagnostic> Explain(IReadOnlyDictionary<Player, (Channel Channel, long Tokens)> dead, Ensemble ensemble)
    {
        var seen = new HashSet<Player>();
        foreach (var first in ensemble.Players.Where(dead.ContainsKey))
        {
            var path = new List<Player>();
            var at = first;
            while (at is not null && dead.ContainsKey(at) && seen.Add(at))
            {
                path.Add(at);
                at = CanStillSend(dead[at].Channel, dead[at].Tokens) ? dead[at].Channel.Producer : null;
            }

            if (path.Count > 0 && at is null)
            {
                yield return Starved(path[^1], dead[path[^1]]);
            }
            else if (at is not null && path.Contains(at))
            {
                yield return Loop([.. path.SkipWhile(p => p != at)], dead, ensemble);
            }
        }
    }

    /// <summary>A channel on which the player waits for one of the dead, or for nobody; null when somebody alive may help.</summary>
    private static (Channel Channel, long Tokens)? Wait(Player player, Ensemble ensemble, HashSet<Player> dead)
    {
        foreach (var (inbox, tokens) in player.Turn.Takes.Where(t => t.Inbox.Firings(t.Tokens, 1) == 0))
        {
            var feeding = ensemble.Channels.Where(c => c.Inbox == inbox).ToList();
            if (feeding.TrueForAll(c => c.Producer is not null && (dead.Contains(c.Producer) || !CanStillSend(c, tokens))))
            {
                return (feeding[0], tokens);
            }
        }

        return null;
    }

    private static bool CanStillSend(Channel channel, long tokens) =>
        !(channel.Inbox.KeepsNewest && tokens > 1)
        && (channel.Producer is not { } producer || producer.Coming.Any(t => t.Sends.Any(s => s.Channel == channel)));

    private static Diagnostic Starved(Player player, (Channel Channel, long Tokens) wait)
    {
        var (channel, tokens) = wait;
        var source = $"{channel.Edge.From}.{channel.Edge.Output}";
        return channel.Inbox.KeepsNewest && tokens > 1
            ? new(
                CheckCodes.Starved,
                channel.Edge.Where,
                $"'{player.Node.Id}' takes {tokens} tokens of '{source}' at once, and |> latest keeps only the newest: it would wait for ever.",
                "Read it without |> latest.")
            : new(
                CheckCodes.Starved,
                channel.Edge.Where,
                $"'{player.Node.Id}' needs {Figures.Count(tokens, "token")} of '{source}' and has {Has(channel)}, and nobody promises another: it would wait for ever.",
                "Read an output that goes on, or one that speaks first.");
    }

    private static string Has(Channel channel) => channel.Inbox.Count == 0 ? "none" : $"{channel.Inbox.Count}";

    private static Diagnostic Loop(List<Player> loop, IReadOnlyDictionary<Player, (Channel Channel, long Tokens)> dead, Ensemble ensemble)
    {
        // Each waits for the next; tokens go the other way, and a reader expects them in that order, from the stage named first.
        loop.Reverse();
        var start = loop.IndexOf(loop.MinBy(p => p.Node.Where.Line)!);
        List<Player> order = [.. loop.Skip(start), .. loop.Take(start)];
        var waits = order.Skip(1).Append(order[0]).Select(p => (Player: p, dead[p].Channel, dead[p].Tokens)).ToList();
        var said = waits.Where(w => w.Channel.Sent > 0 || w.Channel.Chain.Count(0) > 0).ToList();
        var place = (said.Count > 0 ? said : waits).MaxBy(w => w.Channel.Inbox.Count).Channel.Edge;
        var clock = ensemble.Players.FirstOrDefault(p => p.Node.Component.IsClock);
        var when = clock is { Fired: > 0 } ? $"after {Figures.Count(clock.Fired, "vector step")}" : "before the first vector step";
        return new(
            CheckCodes.Standstill,
            place.Where,
            $"The loop {string.Join(" → ", order.Append(order[0]).Select(p => p.Node.Id))} stands still {when}: "
                + string.Join(", ", waits.Select(w => $"'{w.Player.Node.Id}' needs {Figures.Count(w.Tokens, "token")} of {w.Channel.Edge.From}.{w.Channel.Edge.Output} and has {Has(w.Channel)}")) + ".",
            "Let more tokens go round: a larger |> delay(steps=…) on one of its edges, or a stage that says more at its start.");
    }
}
