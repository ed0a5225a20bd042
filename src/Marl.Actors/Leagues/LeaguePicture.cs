using System.Globalization;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Leagues;

/// <summary>
/// What the players of a league came to, over its updates. Of a matrix game how likely each action is: by each past self, and by
/// the average so far, with the equilibrium dashed. Of other games, which have too many decisions to show, how much best responses
/// gain against both.
/// </summary>
public static class LeaguePicture
{
    /// <summary>Draws a league.</summary>
    public static PanelPlot Of(LeagueReport report) => new()
    {
        Axis = "updates learned from",
        Along = report.Series.Select(p => (double)p.Version).ToValues(),
        Panels = (report.Equilibrium is { } equilibrium ? Play(report, equilibrium) : Losses(report)).ToValues(),
    };

    private static IEnumerable<Panel> Play(LeagueReport report, Values<SolvedChoice> equilibrium)
    {
        // Where both always act alike, one of them says it all.
        var isOne = equilibrium[0].Probabilities.Count == equilibrium[1].Probabilities.Count
            && report.Series.All(p => p.Judged.Choices[0].Probabilities == p.Judged.Choices[1].Probabilities);
        for (var player = 0; player < (isOne ? 1 : 2); player++)
        {
            var (name, who) = (isOne ? report.Pipeline : $"{report.Pipeline}, player {player}", player);
            yield return new($"{name}: how each past self plays", Lines(equilibrium[who], point => point.Judged.Choices[who]));
            yield return new($"{name}: how the average of all so far plays", Lines(equilibrium[who], point => point.Judged.AverageChoices[who]));
        }

        Values<PanelLine> Lines(SolvedChoice solved, Func<LeaguePoint, SolvedChoice> choice) => Enumerable.Range(0, solved.Probabilities.Count)
            .Select(i => new PanelLine(Named(solved, i), report.Series.Select(p => choice(p).Probabilities[i]).ToValues(), solved.Probabilities[i]))
            .ToValues();
    }

    private static string Named(SolvedChoice solved, int i) =>
        string.Create(CultureInfo.InvariantCulture, $"action {solved.Actions[i]} (equilibrium {solved.Probabilities[i]:0.0000})");

    private static IEnumerable<Panel> Losses(LeagueReport report)
    {
        yield return new($"{report.Pipeline}: exploitability of each past self", [new("", report.Series.Select(p => p.Judged.Exploitability).ToValues())]);
        yield return new($"{report.Pipeline}: exploitability of the average of all so far", [new("", report.Series.Select(p => p.Judged.Average).ToValues())]);
    }
}
