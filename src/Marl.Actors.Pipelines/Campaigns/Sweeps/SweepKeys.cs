using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>The keys of sweep files, in canonical order. Reader and formatter both go by these.</summary>
public static class SweepKeys
{
    /// <summary>Keys of the top level.</summary>
    public static Values<string> TopLevel { get; } = ["sweep", "summary", "of", "seeds", "steps", "grid", "sample"];

    /// <summary>Keys of <c>sample:</c> that are not parameters.</summary>
    public static Values<string> Sample { get; } = ["trials", "seed"];
}
