using Marl.Actors.Core.Options;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Statistics;

/// <summary>Applies return conventions.</summary>
public static class ReturnConventions
{
    /// <summary><c>team-sum</c>, <c>per-agent</c> or <c>success</c>.</summary>
    public static string Name(this ReturnConvention convention) => OptionText.Kebab(convention.ToString());

    /// <summary>
    /// The figure of one episode. Where every agent received the team's sum, the team's sum is the mean of what they received;
    /// where every agent received the team's mean, it is their sum, as it is where each has a reward of its own.
    /// </summary>
    /// <param name="returns">[agents]: undiscounted return of each agent, as received.</param>
    /// <param name="received">What the received rewards mean.</param>
    /// <param name="convention">What the figure means; successes are no returns.</param>
    public static double Figure(ReadOnlySpan<float> returns, RewardConvention received, ReturnConvention convention)
    {
        var sum = 0.0;
        foreach (var value in returns)
        {
            sum += value;
        }

        var teamSum = received == RewardConvention.TeamSum ? sum / returns.Length : sum;
        return convention == ReturnConvention.TeamSum ? teamSum : teamSum / returns.Length;
    }
}
