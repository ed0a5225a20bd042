namespace Marl.Actors.Algorithms.Batches;

/// <summary>One sentence for each option that all algorithms with a memory share.</summary>
internal static class BatchHelp
{
    public const string Gamma = "Discount γ of later rewards, per step.";
    public const string StandardiseRewards = "Rewards are brought to mean 0 and deviation 1 by the moments of all rewards learned from so far.";
    public const string AdamEpsilon = "Adam's ε, added to the root of the second moment.";
    public const string Backend = "What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.";
    public const string Device = "Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.";
}
