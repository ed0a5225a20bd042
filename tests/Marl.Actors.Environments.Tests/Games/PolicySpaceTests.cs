using System.Globalization;
using Marl.Actors.Environments.Games;
using Marl.Actors.Environments.MatrixGames;
using Marl.Actors.Environments.Poker;
using Xunit;

namespace Marl.Actors.Environments.Tests.Games;

/// <summary>Fictitious play and response oracles on trees, held to recorded figures.</summary>
public sealed class PolicySpaceTests
{
    private static readonly GameTree Kuhn = GameTree.Of(KuhnHand.Start);
    private static readonly GameTree Leduc = GameTree.Of(LeducHand.Start);

    [Fact]
    public void Oracles_solve_kuhn_poker_in_six_iterations_as_recorded()
    {
        var recorded = GoldenGames.Solved.GetProperty("kuhn").GetProperty("psro_exact_exploitability").Vector();
        var space = new PolicySpace(Kuhn, PolicySpace.Nash);
        foreach (var exploitability in recorded)
        {
            Assert.Equal(exploitability, Exploitability.Of(Kuhn, space.Policy()), 6);
            if (exploitability > 0)
            {
                space.Iterate();
            }
        }

        Assert.Equal(-1.0 / 18, Exploitability.Value(Kuhn, space.Policy()), 9);
    }

    [Fact]
    public void Oracles_come_down_on_leduc_poker_as_recorded()
    {
        var recorded = GoldenGames.Solved.GetProperty("leduc").GetProperty("psro_exact_exploitability").GetProperty("10").GetDouble();
        var space = new PolicySpace(Leduc, PolicySpace.Nash);
        for (var i = 0; i < 10; i++)
        {
            space.Iterate();
        }

        Assert.InRange(Exploitability.Of(Leduc, space.Policy()), 0.7 * recorded, 1.3 * recorded); // ties are broken otherwise
    }

    [Theory]
    [InlineData("uniform", 0.09)]
    [InlineData("replicator", 0.06)]
    public void Other_meta_solvers_come_down_too(string meta, double most)
    {
        var space = new PolicySpace(Kuhn, meta == "uniform" ? PolicySpace.Uniform : PolicySpace.Replicators);
        for (var i = 0; i < 25; i++)
        {
            space.Iterate();
        }

        Assert.InRange(Exploitability.Of(Kuhn, space.Policy()), 0, most);
    }

    [Theory]
    [InlineData("kuhn", 2000, 0.02)]
    [InlineData("leduc", 20, 0.1)]
    public void Fictitious_play_on_trees_follows_the_recorded_series(string game, int last, double relative)
    {
        var tree = game == "kuhn" ? Kuhn : Leduc;
        var (play, done, misses) = (new ExtensiveFictitiousPlay(tree), 0, new List<string>());
        foreach (var (iteration, figure) in GoldenGames.Series(game, "xfp_exploitability").Where(p => p.Iteration <= last))
        {
            for (; done < iteration; done++)
            {
                play.Iterate();
            }

            var (expected, found) = (double.Parse(figure, CultureInfo.InvariantCulture), Exploitability.Of(tree, play.Average));
            if (Math.Abs(found - expected) > GoldenGames.Rounding(figure) + (expected * relative))
            {
                misses.Add($"{iteration}: {found:R}, recorded {figure}");
            }
        }

        Assert.Empty(misses);
    }

    [Fact]
    public void Every_matrix_game_is_solved_in_a_few_oracles()
    {
        var tree = GameTree.Of(new MatrixHand(Payoffs.BiasedRockPaperScissors));
        var space = new PolicySpace(tree, PolicySpace.Nash);
        for (var i = 0; i < 4; i++)
        {
            space.Iterate();
        }

        Assert.All(tree.Sets, set => Assert.All(
            new[] { 1 / 16.0, 10 / 16.0, 5 / 16.0 }.Zip(space.Policy().Skip(set.Offset)), p => Assert.Equal(p.First, p.Second, 9)));
    }

    [Fact]
    public void A_mixture_is_worth_what_its_members_are_on_average()
    {
        var (uniform, first) = (Kuhn.Uniform(), Kuhn.FirstActions());
        var mixed = Mixture.Of(Kuhn, [uniform, first], [3, 1]);
        double[][] members = [uniform, uniform, uniform, first];
        foreach (var other in new[] { uniform, first, BestResponse.Both(Kuhn, uniform) })
        {
            Assert.Equal(members.Average(m => Exploitability.Value(Kuhn, m, other)), Exploitability.Value(Kuhn, mixed, other), 12);
            Assert.Equal(members.Average(m => Exploitability.Value(Kuhn, other, m)), Exploitability.Value(Kuhn, other, mixed), 12);
        }
    }
}
