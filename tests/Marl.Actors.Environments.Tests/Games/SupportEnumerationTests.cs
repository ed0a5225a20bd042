using System.Text.Json;
using Marl.Actors.Environments.Games;
using Marl.Actors.Environments.MatrixGames;
using Xunit;

namespace Marl.Actors.Environments.Tests.Games;

/// <summary>Equilibria of games of two in normal form, held to recorded ones and to what an equilibrium is.</summary>
public sealed class SupportEnumerationTests
{
    public static TheoryData<string> Recorded => [.. GoldenGames.Nash.EnumerateObject().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void All_recorded_equilibria_are_found_and_no_others(string name)
    {
        var game = GoldenGames.Nash.GetProperty(name);
        var found = SupportEnumeration.Of(Game(game)).ToArray();
        var exact = game.GetProperty("exact_support_enumeration").EnumerateArray().ToArray();

        Assert.Equal(exact.Length, found.Length);
        Assert.All(exact, recorded => Assert.Single(found, e =>
            IsNear(recorded.GetProperty("row"), e.First) && IsNear(recorded.GetProperty("col"), e.Second) && IsNear(recorded.GetProperty("payoffs"), [e.Payoffs.First, e.Payoffs.Second])));
    }

    [Fact]
    public void Nobody_gains_by_leaving_what_is_found_in_games_drawn_at_random()
    {
        var random = new Core.Randomness.RandomStream(11);
        for (var drawn = 0; drawn < 100; drawn++)
        {
            double[,] first = new double[1 + random.NextInt(4), 1 + random.NextInt(4)], second = new double[first.GetLength(0), first.GetLength(1)];
            for (var i = 0; i < first.Length; i++)
            {
                (first[i / first.GetLength(1), i % first.GetLength(1)], second[i / first.GetLength(1), i % first.GetLength(1)]) = (random.NextNormal(), random.NextNormal());
            }

            var found = SupportEnumeration.Of(new(first, second)).ToArray();
            Assert.True(found.Length % 2 == 1, $"game {drawn} has {found.Length} equilibria, where one without ties has an odd number (Wilson 1971)");
            Assert.All(found, e =>
            {
                Assert.Equal(1, e.First.Sum(), 9);
                Assert.Equal(1, e.Second.Sum(), 9);
                Assert.All(Enumerable.Range(0, e.First.Count), row => Assert.True(e.Second.Select((p, column) => p * first[row, column]).Sum() <= e.Payoffs.First + 1e-9));
                Assert.All(Enumerable.Range(0, e.Second.Count), column => Assert.True(e.First.Select((p, row) => p * second[row, column]).Sum() <= e.Payoffs.Second + 1e-9));
            });
        }
    }

    [Fact]
    public void Worlds_have_theirs_by_name()
    {
        var hunt = MatrixEquilibria.Of("stag-hunt").Value;
        Assert.Equal([(4, 4), (2, 2)], hunt.Take(2).Select(e => e.Payoffs));
        Assert.Equal(3, hunt.Count);
        Assert.Equal((14.0 / 3, 14.0 / 3), MatrixEquilibria.Of("chicken").Value[^1].Payoffs); // tests/golden/games/solved.json
        Assert.All(MatrixEquilibria.Games, game => Assert.NotEmpty(MatrixEquilibria.Of(game).Value));
        Assert.Equal(GameCodes.NoSuchMatrix, Assert.Single(MatrixEquilibria.Of("stag-hnt").Diagnostics).Code);
    }

    private static Payoffs Game(JsonElement game) => new(game.GetProperty("A").Matrix(), game.GetProperty("B").Matrix());

    private static bool IsNear(JsonElement recorded, IReadOnlyList<double> found) => recorded.Vector().Zip(found).All(p => Math.Abs(p.First - p.Second) < 1e-9 * Math.Max(1, Math.Abs(p.First)));
}
