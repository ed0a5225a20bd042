using System.Globalization;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Cli.Printing;

/// <summary>Equilibria of a matrix game.</summary>
internal static class EquilibriaPrinter
{
    /// <summary>A row each.</summary>
    public static void Print(Outlet target, Values<Equilibrium> equilibria)
    {
        var table = new TextTable(["agent 0", "agent 1", "receive", ""], 2, 3);
        foreach (var one in equilibria)
        {
            table.Add(Mixture(one.First), Mixture(one.Second), Digits(one.Payoffs.First), Digits(one.Payoffs.Second));
        }

        table.Print(target);
    }

    private static string Mixture(Values<double> probabilities) => string.Join(' ', probabilities.Select(Digits));

    private static string Digits(double value) => (Math.Abs(value) < 1e-12 ? 0 : value).ToString("0.0000", CultureInfo.InvariantCulture);
}
