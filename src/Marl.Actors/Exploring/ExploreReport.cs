using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Exploring;

/// <summary>What an exploration has found so far. It ends at the first schedule with a violation.</summary>
/// <param name="Seeds">Schedules done.</param>
/// <param name="Messages">Messages sent, over all of them.</param>
/// <param name="FewestMessages">Messages of the schedule that sent fewest.</param>
/// <param name="Faults">Faults injected, crashes among them.</param>
/// <param name="Violations">What went wrong, each with the command that repeats it; the first is what the others follow from.</param>
public sealed record ExploreReport(long Seeds, long Messages, long FewestMessages, long Faults, Values<Diagnostic> Violations)
{
    /// <summary>Stages that crashed and were made anew.</summary>
    public long Crashes { get; init; }

    /// <summary>What became of the tokens, over all schedules.</summary>
    public Conservation Tokens { get; init; } = Conservation.None;
}
