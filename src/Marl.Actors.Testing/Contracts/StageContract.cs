using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Marbles;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Contracts;

/// <summary>
/// Checks that what a stage sends follows from its tokens and its key alone, by playing it with the same tokens under
/// conditions that must make no difference: once more, beside a second instance, saved and loaded after every firing, its
/// released tokens overwritten, an output unread.
/// </summary>
public static class StageContract
{
    /// <summary>Plays and reports.</summary>
    /// <param name="marbles">The stage and the tokens to play it with; enough of them that its state matters.</param>
    /// <returns>Every broken rule once; empty when all hold.</returns>
    public static Values<ContractFinding> Check(StageMarbles marbles) => Check(marbles.Feed);

    /// <summary>Plays and reports.</summary>
    /// <param name="feed">The stage and the tokens to play it with.</param>
    /// <returns>Every broken rule once; empty when all hold.</returns>
    public static Values<ContractFinding> Check(StageFeed feed)
    {
        var plain = StagePlay.Run(feed, PlayConditions.Plain);
        ContractFinding?[] findings = [.. IsIndependent(feed, plain) ? [] : Rules(feed, plain), .. plain.Asked.Select(port => Alone(feed, plain, new(
            "unread-outputs-change-nothing", $"played with nobody reading '{feed.Outputs[port]}'",
            "Where IsRead skips work, skip only what no other output and no state depends on: no draw of random numbers, no update.", new() { Unread = port })))];
        return findings.OfType<ContractFinding>().DistinctBy(f => f.Rule).ToValues();
    }

    /// <summary>All conditions in two plays: most stages are sound, and one play of a learner takes its time.</summary>
    private static bool IsIndependent(StageFeed feed, StagePlay plain) =>
        Both(feed, plain, new() { Saves = true }, new() { Reloads = true, Poisons = true }) is null;

    /// <summary>Each condition by itself, to name the one that makes the difference.</summary>
    private static ContractFinding?[] Rules(StageFeed feed, StagePlay plain)
    {
        if (Alone(feed, plain, new(
            "same-tokens-same-bits", "played twice with the same tokens",
            "Draw from the key of the context, derived by stamp; read no global generator, no clock and no static field.", PlayConditions.Plain)) is { } first)
        {
            return [first]; // then no other play says anything
        }

        ContractFinding?[] findings =
        [
            Both(feed, plain, PlayConditions.Plain, PlayConditions.Plain) is { } difference
                ? new("instances-are-apart", $"Two instances were played in turns, and {difference}.", "Keep state in fields of the instance, never in static ones.")
                : null,
            Alone(feed, plain, new("saving-changes-nothing", "saved after every firing", "Only read in Save.", new() { Saves = true })),
            Alone(feed, plain, new(
                "save-load-continues", "replaced after every firing by a fresh instance that loads what it saved",
                "Put every field that outlives a firing into Save, and take each back in Load; keep no other state.", new() { Reloads = true })),
            Alone(feed, plain, new(
                "keeps-only-what-it-retains", "given tokens whose blocks are used again once they are released",
                "A token belongs to its firing: copy what is needed of it, or call Retain.", new() { Poisons = true })),
        ];
        return findings.Any(f => f is not null)
            ? findings
            : [new("same-tokens-same-bits", "It was played several times, and once something else came out.", "Look for state outside of the instance: a clock, a file, a static field.")];
    }

    private static ContractFinding? Alone(StageFeed feed, StagePlay plain, Rule rule) =>
        Differing(plain, () => StagePlay.Run(feed, rule.Conditions), feed, rule.Conditions.Unread) is { } difference
            ? new(rule.Name, $"It was {rule.How}, and {difference}.", rule.Remedy)
            : null;

    /// <summary>Where one of two instances, played in turns, differs from the plain play; null where neither does.</summary>
    private static string? Both(StageFeed feed, StagePlay plain, PlayConditions one, PlayConditions other)
    {
        using var first = new StagePlay(feed, one);
        using var second = new StagePlay(feed, other);
        return Differing(plain, () => Turns(first, second), feed) ?? Differing(plain, () => second, feed);
    }

    private static StagePlay Turns(StagePlay first, StagePlay second)
    {
        var (more, still) = (true, true);
        while (more || still)
        {
            more = more && first.Step();
            still = still && second.Step();
        }

        return first;
    }

    /// <summary>Where a play differs from the plain one, as a clause; null where it does not.</summary>
    private static string? Differing(StagePlay plain, Func<StagePlay> run, StageFeed feed, int except = -1)
    {
        StagePlay play;
        try
        {
            play = run();
        }
        catch (Exception failure)
        {
            return $"it failed: {failure.Message.TrimEnd('.')}";
        }

        for (var port = 0; port < plain.Sent.Length; port++)
        {
            if (port != except && !feed.Unread.Contains(port) && TokenDifference.First(plain.Sent[port], play.Sent[port]) is { } difference)
            {
                return $"on '{feed.Outputs[port]}' {difference}";
            }
        }

        return plain.HasEnded == play.HasEnded ? null : $"it {(play.HasEnded ? "ended" : "did not end")}";
    }

    private sealed record Rule(string Name, string How, string Remedy, PlayConditions Conditions);
}
