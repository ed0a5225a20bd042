using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Statistics;

/// <summary>What an evaluation pass showed.</summary>
/// <param name="Convention">How an episode's returns became one figure.</param>
/// <param name="Returns">The figures of all episodes.</param>
/// <param name="LengthMean">Mean length of an episode, in steps.</param>
public sealed record EvaluationScores(ReturnConvention Convention, Sample Returns, double LengthMean)
{
    /// <summary>The scores in one or more <c>scores</c> messages (all episodes together).</summary>
    /// <param name="passes">The messages; at least one.</param>
    /// <param name="received">What the world's rewards mean.</param>
    /// <param name="convention">What the figures shall mean.</param>
    /// <param name="team">Whose figures; all agents' unless given.</param>
    public static EvaluationScores Of(IEnumerable<Message> passes, RewardConvention received, ReturnConvention convention, Range? team = null)
    {
        var figures = new List<double>();
        var steps = 0.0;
        foreach (var pass in passes)
        {
            figures.AddRange(Figures(pass, received, convention, team));
            foreach (var length in pass[ScoreMessages.Length])
            {
                steps += length;
            }
        }

        return new(convention, Sample.Of(figures), steps / figures.Count);
    }

    /// <summary>The figure of every episode of a <c>scores</c> message, in its order.</summary>
    public static double[] Figures(Message scores, RewardConvention received, ReturnConvention convention, Range? team = null)
    {
        var returns = scores[ScoreMessages.Return]; // [agents, episodes]
        var episodes = scores[ScoreMessages.Length].Length;
        var agents = episodes == 0 ? 0 : returns.Length / episodes;
        var figures = new double[episodes];
        if (convention == ReturnConvention.Success)
        {
            for (var e = 0; e < episodes; e++)
            {
                figures[e] = scores[ScoreMessages.Success][e];
            }

            return figures;
        }

        var (first, count) = (team ?? ..).GetOffsetAndLength(agents);
        var episode = new float[count];
        for (var e = 0; e < episodes; e++)
        {
            for (var agent = 0; agent < count; agent++)
            {
                episode[agent] = returns[((first + agent) * episodes) + e];
            }

            figures[e] = ReturnConventions.Figure(episode, received, convention);
        }

        return figures;
    }
}
