using System.Globalization;
using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Cli.Printing;

/// <summary>A solved game: how it went, and the policy found.</summary>
internal static class SolutionPrinter
{
    private const int MostChoices = 24; // Leduc's 288 would bury the series

    /// <summary>The series, and the policy where it is short.</summary>
    public static void Print(Outlet target, Solution solution)
    {
        var table = new TextTable(["iteration", "value", "exploitability"], 0, 1, 2);
        foreach (var point in solution.Series)
        {
            table.Add(Figures.Count(point.Iteration), Digits(point.Value), Digits(point.Exploitability));
        }

        table.Print(target);
        Print(target, solution.Policy);
    }

    /// <summary>A policy, where it is short.</summary>
    public static void Print(Outlet target, Values<SolvedChoice> choices)
    {
        if (choices.Count > MostChoices)
        {
            return;
        }

        target.Writer.WriteLine();
        var policy = new TextTable(["player", "sees", "actions", "probabilities"]);
        foreach (var choice in choices)
        {
            policy.Add(
                $"{choice.Player}",
                choice.Seen,
                string.Join(' ', choice.Actions),
                string.Join(' ', choice.Probabilities.Select(p => p.ToString("0.0000", CultureInfo.InvariantCulture))));
        }

        policy.Print(target);
    }

    /// <summary>The series with all digits.</summary>
    public static string Csv(Solution solution)
    {
        var text = new StringBuilder("game,method,iteration,value,exploitability\n");
        foreach (var point in solution.Series)
        {
            text.Append(CultureInfo.InvariantCulture, $"{solution.Game},{solution.Method},{point.Iteration},{point.Value:R},{point.Exploitability:R}\n");
        }

        return text.ToString();
    }

    // As many digits as tell one point of a series from the next, and no rounding noise for 0.
    private static string Digits(double value) => (Math.Abs(value) < 1e-12 ? 0 : value).ToString("0.000000000", CultureInfo.InvariantCulture);
}
