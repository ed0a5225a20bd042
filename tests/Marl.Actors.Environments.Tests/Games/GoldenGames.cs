using System.Globalization;
using System.Text.Json;

namespace Marl.Actors.Environments.Tests.Games;

/// <summary>The recorded figures about games: <c>tests/golden/games</c>.</summary>
internal static class GoldenGames
{
    /// <summary>Exploitability series and values of poker games.</summary>
    public static JsonElement Solved { get; } = Read("solved");

    /// <summary>Learning in matrix games.</summary>
    public static JsonElement Dynamics { get; } = Read("dynamics");

    /// <summary>Bimatrix games with their equilibria.</summary>
    public static JsonElement Nash { get; } = Read("nash");

    /// <summary>A series: figures by iteration, ascending.</summary>
    public static IReadOnlyList<(int Iteration, string Figure)> Series(string game, string name) =>
        [.. Solved.GetProperty(game).GetProperty(name).EnumerateObject().Select(p => (int.Parse(p.Name, CultureInfo.InvariantCulture), p.Value.GetRawText()))];

    /// <summary>Half a unit of a printed figure's last digit.</summary>
    public static double Rounding(string figure)
    {
        var (mantissa, exponent) = figure.Split('e') is [var m, var e] ? (m, int.Parse(e, CultureInfo.InvariantCulture)) : (figure, 0);
        var digits = mantissa.Contains('.') ? mantissa.Length - mantissa.IndexOf('.') - 1 : 0;
        return 0.5 * Math.Pow(10, exponent - digits);
    }

    /// <summary>A vector.</summary>
    public static double[] Vector(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>A matrix.</summary>
    public static double[,] Matrix(this JsonElement element)
    {
        var rows = element.EnumerateArray().Select(Vector).ToArray();
        var matrix = new double[rows.Length, rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[0].Length; column++)
            {
                matrix[row, column] = rows[row][column];
            }
        }

        return matrix;
    }

    private static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "games", name + ".json"))).RootElement;
}
