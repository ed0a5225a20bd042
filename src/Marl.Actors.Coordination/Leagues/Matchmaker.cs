using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>
/// Who meets whom. The first groups are the exploiter's: it learns against the player as it is now, at one seat after another.
/// In the next ones the player learns against past selves, at one seat after another; in the others it sits at all seats, and
/// learns at all of them. Vinyals et al., Nature 575, 2019 (methods, prioritised fictitious self-play).
/// </summary>
internal sealed class Matchmaker(LeagueOptions options, int seats, bool hasExploiter)
{
    private readonly int exploits = hasExploiter ? (int)Math.Round(options.Exploiter * options.Groups) : 0;

    /// <summary>A group's match.</summary>
    /// <param name="Learner">0 for the main player, 1 for the exploiter.</param>
    /// <param name="Seat">Where the learner sits; −1 for all seats.</param>
    /// <param name="Opponent">The past self at the other seats; null for the main player as it is now.</param>
    public readonly record struct Match(int Learner, int Seat, PastSelf? Opponent)
    {
        /// <summary>Who sits at a seat, as <see cref="MatchMessages.Stands"/>.</summary>
        public int Stands(int seat) => seat != Seat && Opponent is not null ? 0
            : seat == Seat && Learner == 1 ? MatchMessages.Exploiter
            : MatchMessages.Main;

        /// <summary>Who learns from what the seat does, as <see cref="MatchMessages.Learns"/>.</summary>
        public int Learns(int seat) => Seat >= 0 && seat != Seat ? 0 : Learner == 1 ? MatchMessages.Exploiter : MatchMessages.Main;
    }

    /// <summary>One match a group.</summary>
    public Match[] Draw(IReadOnlyList<PastSelf> pool, RandomStream random)
    {
        var past = options.Matchmaking == Matchmaking.Latest ? 0 : (int)Math.Round(options.Past * (options.Groups - exploits));
        var weights = pool.Select(Weight).ToArray();
        if (weights.Sum() <= 0)
        {
            Array.Fill(weights, 1); // nothing to learn from any, or only the beginning is there
        }

        var matches = new Match[options.Groups];
        for (var group = 0; group < matches.Length; group++)
        {
            matches[group] = group < exploits ? new(1, group % seats, null)
                : group < exploits + past ? new(0, (group - exploits) % seats, pool[Drawn(weights, ref random)])
                : new(0, -1, null);
        }

        return matches;
    }

    private double Weight(PastSelf self)
    {
        var x = self.WinRate(0);
        return options.Matchmaking != Matchmaking.Prioritised ? options.Weight(self)
            : options.Weighting == Weighting.Variance ? x * (1 - x)
            : Math.Pow(1 - x, options.Power);
    }

    private static int Drawn(double[] weights, ref RandomStream random)
    {
        var left = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}
