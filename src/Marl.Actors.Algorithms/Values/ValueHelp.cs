namespace Marl.Actors.Algorithms.Values;

/// <summary>One sentence for each option that algorithms of action values share.</summary>
internal static class ValueHelp
{
    public const string LearningRate = "Adam's step size α.";
    public const string DoubleQ = "The next action is chosen by the learning network and judged by the target network (double Q-learning); otherwise the target network does both.";
    public const string TargetPeriod = "Updates after which the target networks follow the learning ones.";
    public const string TargetRate = "How far the target networks move towards the learning ones then: 1 copies them, less follows softly (with 'targetPeriod: 1').";
    public const string MaxGradientNorm = "Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.";
    public const string BurnIn = "Transitions at the beginning of each sequence that only bring an agent's memory up to date and are not learned from (Kapturowski et al. 2019).";
    public const string Reward = "The reward learned from: the agents' own (with a team's algorithm: the common one), or the mean or the sum over all agents.";
}
