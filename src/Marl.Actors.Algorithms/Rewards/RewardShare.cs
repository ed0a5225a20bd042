using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Algorithms.Rewards;

/// <summary>Which reward an agent learns from.</summary>
public enum RewardShare
{
    /// <summary>What the world gave it.</summary>
    Own,

    /// <summary>The mean over all agents.</summary>
    TeamMean,

    /// <summary>The sum over all agents.</summary>
    TeamSum,
}

/// <summary>Makes the rewards that are learned from, and says which they can be made of.</summary>
internal static class RewardShares
{
    /// <summary>What sharing demands of the rewards that come in by a port.</summary>
    public static Signature Demand(this RewardShare share, Signature signature, string port) => share == RewardShare.Own
        ? signature
        : signature.Where(port, "reward", convention => convention is RewardConvention.PerAgent, "rewards per agent, to make the team's from ('reward: own' takes them as they are)");

    /// <summary>What sharing demands of rollouts.</summary>
    public static Signature DemandOfRollouts(this RewardShare share, Signature signature) => share == RewardShare.Own
        ? signature
        : share.Demand(signature.Where("rollouts", "fixed-roster", isFixed => isFixed is true, "agents that act in every step, to share a reward ('reward: own' lets them come and go)"), "rollouts");

    /// <summary>Shares out the rewards of a batch.</summary>
    /// <param name="share">How.</param>
    /// <param name="own">[positions, agents].</param>
    /// <param name="agents">How many there are.</param>
    /// <param name="rewards">To fill: [positions, totals].</param>
    /// <param name="totals">1 for a team's reward, or one for each agent.</param>
    public static void Share(this RewardShare share, ReadOnlySpan<float> own, int agents, Span<float> rewards, int totals)
    {
        for (var position = 0; position < own.Length / agents; position++)
        {
            var all = own.Slice(position * agents, agents);
            var row = rewards.Slice(position * totals, totals);
            if (share == RewardShare.Own)
            {
                all[..totals].CopyTo(row);
                continue;
            }

            var sum = 0f;
            foreach (var reward in all)
            {
                sum += reward;
            }

            row.Fill(share == RewardShare.TeamMean ? sum / agents : sum);
        }
    }
}
