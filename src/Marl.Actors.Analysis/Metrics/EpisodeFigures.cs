using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>Means over the training episodes that ended in one update.</summary>
/// <param name="Count">How many ended; at least 1.</param>
/// <param name="LengthMean">Mean length, in steps.</param>
/// <param name="TeamSum">Mean over episodes of the sum over agents of undiscounted returns.</param>
/// <param name="PerAgent">Mean over episodes of the mean over agents.</param>
/// <param name="Success">Share of episodes that succeeded; null for a world without successes.</param>
public sealed record EpisodeFigures(int Count, double LengthMean, double TeamSum, double PerAgent, double? Success = null)
{
    /// <summary>The figure of a convention.</summary>
    public double Of(ReturnConvention convention) => convention switch
    {
        ReturnConvention.TeamSum => TeamSum,
        ReturnConvention.PerAgent => PerAgent,
        _ => Success ?? double.NaN,
    };

    /// <summary>The figures of an <c>episodes</c> message; null when no episode ended.</summary>
    /// <param name="episodes">The message.</param>
    /// <param name="received">What the world's rewards mean.</param>
    public static EpisodeFigures? Of(Message episodes, RewardConvention received)
    {
        var count = (int)episodes[EpisodeMessages.Count][0];
        if (count == 0)
        {
            return null;
        }

        var sums = episodes[EpisodeMessages.Return];
        return new(
            count,
            episodes[EpisodeMessages.Length][0] / (double)count,
            ReturnConventions.Figure(sums, received, ReturnConvention.TeamSum) / count,
            ReturnConventions.Figure(sums, received, ReturnConvention.PerAgent) / count,
            episodes.Layout.Fields.Count > EpisodeMessages.Success ? episodes[EpisodeMessages.Success][0] / (double)count : null);
    }

    /// <summary>The figures of all episodes together, whatever the order of the parts; null when there are none.</summary>
    public static EpisodeFigures? Together(IEnumerable<EpisodeFigures> parts)
    {
        EpisodeFigures[] all = [.. parts.OrderBy(p => p.Count).ThenBy(p => p.LengthMean).ThenBy(p => p.TeamSum).ThenBy(p => p.PerAgent).ThenBy(p => p.Success)];
        if (all.Length <= 1)
        {
            return all.FirstOrDefault();
        }

        var count = all.Sum(p => p.Count);
        return new(count, Mean(p => p.LengthMean), Mean(p => p.TeamSum), Mean(p => p.PerAgent), all[0].Success is null ? null : Mean(p => p.Success ?? 0));

        double Mean(Func<EpisodeFigures, double> figure) => all.Sum(p => p.Count * figure(p)) / count;
    }
}
