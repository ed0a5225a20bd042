namespace Marl.Actors.Algorithms.Values;

/// <summary>One sentence for each option that several algorithms share.</summary>
internal static class ValueHelp
{
    public const string LearningRate = "Adam's step size α.";
    public const string Gamma = "Discount γ of later rewards, per step.";
    public const string DoubleQ = "The next action is chosen by the learning network and judged by the target network (double Q-learning); otherwise the target network does both.";
    public const string TargetPeriod = "Updates after which the target networks follow the learning ones.";
    public const string TargetRate = "How far the target networks move towards the learning ones then: 1 copies them, less follows softly (with 'targetPeriod: 1').";
    public const string MaxGradientNorm = "Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.";
    public const string BurnIn = "Transitions at the beginning of each sequence that only bring an agent's memory up to date and are not learned from (Kapturowski et al. 2019).";
    public const string StandardiseRewards = "Rewards are brought to mean 0 and deviation 1 by the moments of all rewards learned from so far.";
    public const string Reward = "The reward learned from: the agents' own (with a team's algorithm: the common one), or the mean or the sum over all agents.";
    public const string AdamEpsilon = "Adam's ε, added to the root of the second moment.";
    public const string Backend = "What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.";
    public const string Device = "Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.";
}
