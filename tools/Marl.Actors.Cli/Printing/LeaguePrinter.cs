using System.Globalization;
using System.Text;
using Marl.Actors.Leagues;

namespace Marl.Actors.Cli.Printing;

/// <summary>What the past selves of a league came to.</summary>
internal static class LeaguePrinter
{
    private const int Rows = 16;

    /// <summary>Some past selves over the whole run, and how their average acts where that is short.</summary>
    public static void Print(Outlet target, LeagueReport report)
    {
        var table = new TextTable(["version", "elo", "exploitability", "of the average"], 0, 1, 2, 3);
        var every = (report.Series.Count + Rows - 1) / Rows;
        for (var i = 0; i < report.Series.Count; i++)
        {
            if (i % every == 0 || i == report.Series.Count - 1)
            {
                var point = report.Series[i];
                table.Add(Figures.Count(point.Version), Digits(point.Elo, "0.0"), Digits(point.Judged.Exploitability), Digits(point.Judged.Average));
            }
        }

        table.Print(target);
        target.Writer.WriteLine();
        target.Writer.WriteLine($"The average over {report.Series.Count} past selves is worth {Digits(report.Last.Judged.Value)} to player 0 of {report.Game}.");
        if (report.Distance is { } distance)
        {
            target.Writer.WriteLine($"No action is more than {Digits(distance)} more or less likely than in the equilibrium.");
        }

        SolutionPrinter.Print(target, report.Last.Judged.AverageChoices);
    }

    /// <summary>A row a past self.</summary>
    public static string Csv(LeagueReport report)
    {
        var text = new StringBuilder("version,elo,exploitability,average_exploitability,average_value\n");
        foreach (var point in report.Series)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point.Version},{point.Elo:R},{point.Judged.Exploitability:R},{point.Judged.Average:R},{point.Judged.Value:R}\n");
        }

        return text.ToString();
    }

    /// <summary>A row for each action of each past self.</summary>
    public static string PlayCsv(LeagueReport report)
    {
        var text = new StringBuilder("version,player,sees,action,probability,average\n");
        foreach (var point in report.Series)
        {
            foreach (var (choice, average) in point.Judged.Choices.Zip(point.Judged.AverageChoices))
            {
                for (var i = 0; i < choice.Actions.Count; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{point.Version},{choice.Player},{choice.Seen},{choice.Actions[i]},{choice.Probabilities[i]:R},{average.Probabilities[i]:R}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Digits(double value, string format = "0.000000") => value.ToString(format, CultureInfo.InvariantCulture);
}
