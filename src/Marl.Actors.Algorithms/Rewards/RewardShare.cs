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

/// <summary>Makes the rewards that are learned from.</summary>
internal static class RewardShares
{
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
