using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Populations;

/// <summary>What a population says of itself as it is judged, before the exchange: how well its members do, and how different they are.</summary>
internal static class PbtFigures
{
    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout("score-best", "score-median", "score-worst", "copied", "lines", "settings-spread", "weights-distance");

    /// <summary>The figures in the order of <see cref="Layout"/>.</summary>
    /// <param name="firing">The members.</param>
    /// <param name="scores">By seat.</param>
    /// <param name="exchange">What will be done.</param>
    /// <param name="ancestors">By seat, where its line began.</param>
    /// <param name="settings">Of all.</param>
    public static float[] Of(Firing firing, double[] scores, Exchange exchange, int[] ancestors, SettingTable settings)
    {
        double[] ranked = [.. scores.Order()];
        var middle = ranked.Length / 2;
        double[] figures =
        [
            ranked[^1],
            ranked.Length % 2 == 1 ? ranked[middle] : (ranked[middle - 1] + ranked[middle]) / 2,
            ranked[0],
            exchange.IsCopy.Count(c => c),
            exchange.From.Select(from => ancestors[from]).Distinct().Count(),
            settings.Spread,
            Distance(firing, scores.Length),
        ];
        return [.. figures.Select(f => (float)f)];
    }

    /// <summary>Root mean square difference of two members' weights, as the mean over pairs.</summary>
    private static double Distance(Firing firing, int count)
    {
        var sum = 0.0;
        for (var a = 0; a < count; a++)
        {
            for (var b = a + 1; b < count; b++)
            {
                sum += Distance(firing[PbtComponent.Members, a][MemberMessages.Weights], firing[PbtComponent.Members, b][MemberMessages.Weights]);
            }
        }

        return sum / Math.Max(1, count * (count - 1) / 2);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / Math.Max(1, a.Length));
    }
}
