using System.Globalization;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl solve</c> and <c>marl equilibria</c>.</summary>
public sealed class SolveCommandTests
{
    [Fact]
    public async Task The_series_is_printed_and_written()
    {
        using var place = new Workplace();

        var printed = (await place.MarlAsync("solve", "kuhn", "--method", "cfr+", "--iterations", "1001", "--out", "kuhn.csv")).Succeeded().Out;
        var rows = place.Text("kuhn.csv").TrimEnd().Split('\n');
        var last = rows[^1].Split(',');

        Assert.StartsWith("iteration", printed);
        Assert.Contains("K pb", printed);
        Assert.Equal("game,method,iteration,value,exploitability", rows[0]);
        Assert.Equal(["kuhn-poker", "cfr+", "1001"], last[..3]);
        Assert.Equal(-1.0 / 18, double.Parse(last[3], CultureInfo.InvariantCulture), 4);
        Assert.Equal(0.000148 / 2, double.Parse(last[4], CultureInfo.InvariantCulture), 6); // tests/golden/games/solved.json
    }

    [Fact]
    public async Task Equilibria_of_a_matrix_game_are_listed()
    {
        using var place = new Workplace();

        var printed = (await place.MarlAsync("equilibria", "chicken")).Succeeded().Out.TrimEnd().Split('\n');

        Assert.Equal(1 + 3, printed.Length);
        Assert.Matches(@"^0\.6667 0\.3333 +0\.6667 0\.3333 +4\.6667 +4\.6667$", printed[^1]);
        (await place.MarlAsync("equilibria", "chiken")).Complained("MARL4701", "'chicken'");
    }

    [Fact]
    public async Task What_can_not_be_done_is_told_in_a_line()
    {
        using var place = new Workplace();

        (await place.MarlAsync("solve", "kuhm-poker")).Complained("MARL4450", "'kuhn-poker'");
        (await place.MarlAsync("solve", "kuhn", "--method", "cfr++")).Complained("MARL4451", "'cfr+'");
        (await place.MarlAsync("solve", "kuhn", "--iterations", "99999999")).Complained("MARL4452", "10000000");
        (await place.MarlAsync("solve", "kuhn", "--iterations", "1", "--out", "nowhere/kuhn.csv")).Complained("MARL3401");
    }
}
