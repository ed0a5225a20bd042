using Marl.Actors.Core.Results;

namespace Marl.Actors.Exploring;

/// <summary>What an exploration has found so far. It ends at the first schedule with a violation.</summary>
/// <param name="Seeds">Schedules done.</param>
/// <param name="Messages">Messages sent, over all of them.</param>
/// <param name="FewestMessages">Messages of the schedule that sent fewest.</param>
/// <param name="Faults">Faults injected.</param>
/// <param name="Violations">What went wrong, each with the command that repeats it.</param>
public sealed record ExploreReport(long Seeds, long Messages, long FewestMessages, long Faults, Values<Diagnostic> Violations);
