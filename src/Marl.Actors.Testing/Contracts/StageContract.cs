using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Marbles;

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
    public static Values<ContractFinding> Check(StageMarbles marbles)
    {
        var plain = StagePlay.Run(marbles, PlayConditions.Plain);
        var findings = new List<ContractFinding?>
        {
            Alone(
                "same-tokens-same-bits", "played twice with the same tokens",
                "Draw from the key of the context, derived by stamp; read no global generator, no clock and no static field.", PlayConditions.Plain),
            TwoAtOnce(marbles, plain),
            Alone("saving-changes-nothing", "saved after every firing", "Only read in Save.", new() { Saves = true }),
            Alone(
                "save-load-continues", "replaced after every firing by a fresh instance that loads what it saved",
                "Put every field that outlives a firing into Save, and take each back in Load; keep no other state.", new() { Reloads = true }),
            Alone(
                "keeps-only-what-it-retains", "given tokens whose blocks are used again once they are released",
                "A token belongs to its firing: copy what is needed of it, or call Retain.", new() { Poisons = true }),
        };
        findings.AddRange(marbles.Subject.Outputs.Select((output, port) => Alone(
            "unread-outputs-change-nothing", $"played with nobody reading '{output.Port}'",
            "Where IsRead skips work, skip only what no other output and no state depends on: no draw of random numbers, no update.", new() { Unread = port })));
        return findings.OfType<ContractFinding>().DistinctBy(f => f.Rule).ToValues();

        ContractFinding? Alone(string rule, string how, string remedy, PlayConditions conditions) =>
            Differing(plain, () => StagePlay.Run(marbles, conditions), marbles, conditions.Unread) is { } difference
                ? new(rule, $"It was {how}, and {difference}.", remedy)
                : null;
    }

    private static ContractFinding? TwoAtOnce(StageMarbles marbles, StagePlay plain)
    {
        using var first = new StagePlay(marbles, PlayConditions.Plain);
        using var second = new StagePlay(marbles, PlayConditions.Plain);
        var difference = Differing(plain, () => Turns(first, second), marbles) ?? Differing(plain, () => second, marbles);
        return difference is null
            ? null
            : new("instances-are-apart", $"Two instances were played in turns, and {difference}.", "Keep state in fields of the instance, never in static ones.");
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
    private static string? Differing(StagePlay plain, Func<StagePlay> run, StageMarbles marbles, int except = -1)
    {
        StagePlay play;
        try
        {
            play = run();
        }
        catch (Exception failure) when (failure is not MarbleException)
        {
            return $"it failed: {failure.Message.TrimEnd('.')}";
        }

        for (var port = 0; port < plain.Sent.Length; port++)
        {
            if (port != except && TokenDifference.First(plain.Sent[port], play.Sent[port]) is { } difference)
            {
                return $"on '{marbles.Subject.Outputs[port].Port}' {difference}";
            }
        }

        return plain.HasEnded == play.HasEnded ? null : $"it {(play.HasEnded ? "ended" : "did not end")}";
    }
}
