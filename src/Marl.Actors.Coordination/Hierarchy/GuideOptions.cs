using Marl.Actors.Core.Options;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>The options of <c>coordinator/guide</c>.</summary>
/// <param name="Every">k.</param>
/// <param name="Observes">Numbers of the observation it is shown.</param>
/// <param name="Report">How many of them it reports.</param>
/// <param name="Unit">What counts as 1.</param>
/// <param name="Intrinsic">Weight of coming nearer.</param>
/// <param name="Extrinsic">Weight of the reward from below or from the world.</param>
public sealed record GuideOptions(
    [Option("Steps between two goals, k: the coordinator above is asked once in so many, and the goal is held in between.", Minimum = 1, Maximum = 10_000, Required = true)] int Every,
    [Option("Numbers of the observation that comes in; the first two are where the member is.", Minimum = 2, Maximum = 1_000_000, Required = true)] int Observes,
    [Option("How many of them, from the first on, are reported to the coordinator.", Minimum = 2, Maximum = 1_000_000)] int Report = 2,
    [Option("Distance that counts as 1, in what the member sees of the way to its goal and in its pay for coming nearer.", Minimum = 1e-6, Maximum = 1e6)] double Unit = 1,
    [Option("Pay for coming one unit nearer to the goal.", Minimum = 0, Maximum = 1e6)] double Intrinsic = 1,
    [Option("Share of the reward that came in which the member learns from besides.", Minimum = 0, Maximum = 1e6)] double Extrinsic = 1)
{
    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Report > Observes)
        {
            yield return ("report", $"{Report} numbers can't be reported of an observation of {Observes}.");
        }
    }
}
