using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Marbles;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Contracts;

/// <summary>
/// Checks that what an operator passes on follows from its tokens and its key alone, by playing it with the same tokens under
/// conditions that must make no difference, and that it gives back every token it takes.
/// </summary>
public static class OperatorContract
{
    /// <summary>Plays and reports.</summary>
    /// <param name="marbles">The operator and the tokens to play it with; a timeline with an end, so that what it holds back comes out.</param>
    /// <returns>Every broken rule once; empty when all hold.</returns>
    public static Values<ContractFinding> Check(OperatorMarbles marbles) => Check(marbles.Feed);

    /// <summary>Plays and reports.</summary>
    /// <param name="feed">The operator and the tokens to play it with.</param>
    /// <returns>Every broken rule once; empty when all hold.</returns>
    public static Values<ContractFinding> Check(OperatorFeed feed)
    {
        var plain = OperatorPlay.Run(feed, PlayConditions.Plain);
        if (Alone(
            "same-tokens-same-bits", "played twice with the same tokens and the same key",
            "Draw from the key of the context, derived by stamp; read no global generator, no clock and no static field.", PlayConditions.Plain) is { } first)
        {
            return [first]; // then no other play says anything
        }

        ContractFinding?[] findings =
        [
            TwoAtOnce(feed, plain),
            Alone("saving-changes-nothing", "saved after every token", "Only read in Save.", new() { Saves = true }),
            Alone(
                "save-load-continues", "replaced after every token by a fresh instance that loads what it saved",
                "Put every field that outlives a token into Save, and take each back in Load.", new() { Reloads = true }),
            Alone(
                "keeps-only-what-it-retains", "read by somebody who releases at once, so that blocks are used again",
                "A token that was passed on belongs to its reader: call Retain before passing it on, or read it first.", new() { Poisons = true }),
            feed.Lane.Ends && plain.Lost is { } lost
                ? new("gives-back-what-it-takes", $"The token of {lost.Stamp} was neither passed on nor released.", "Release every token that is not passed on, at the latest in End.")
                : null,
        ];
        return findings.OfType<ContractFinding>().ToValues();

        ContractFinding? Alone(string rule, string how, string remedy, PlayConditions conditions) =>
            Differing(plain, () => OperatorPlay.Run(feed, conditions)) is { } difference ? new(rule, $"It was {how}, and {difference}.", remedy) : null;
    }

    private static ContractFinding? TwoAtOnce(OperatorFeed feed, OperatorPlay plain)
    {
        var (first, second) = (new OperatorPlay(feed, PlayConditions.Plain), new OperatorPlay(feed, PlayConditions.Plain));
        var difference = Differing(plain, () =>
        {
            while (first.Step() | second.Step())
            {
            }

            return first;
        }) ?? Differing(plain, () => second);
        return difference is null
            ? null
            : new("instances-are-apart", $"Two instances were played in turns, and {difference}.", "Keep state in fields of the instance, never in static ones.");
    }

    private static string? Differing(OperatorPlay plain, Func<OperatorPlay> run)
    {
        try
        {
            return TokenDifference.First(plain.Passed, run().Passed);
        }
        catch (Exception failure)
        {
            return $"it failed: {failure.Message.TrimEnd('.')}";
        }
    }
}
