using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Results;

public sealed class NearestTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("same", "same", 0)]
    public void The_distance_is_Levenshteins(string a, string b, int expected)
    {
        Assert.Equal(expected, Nearest.Distance(a, b));
        Assert.Equal(expected, Nearest.Distance(b, a));
    }

    [Fact]
    public void A_close_name_is_asked_for() =>
        Assert.Equal("Did you mean 'copies'?", Nearest.Remedy("copys", ["copies", "seed", "horizon"], "options"));

    [Fact]
    public void Case_does_not_matter() => Assert.Equal(["maxSteps"], Nearest.Of("MAXSTEPS", ["maxSteps", "rollout"]));

    [Fact]
    public void The_nearest_comes_first_and_at_most_three_are_named()
    {
        Assert.Equal("Did you mean 'agent-1' or 'agent-2' or 'agent-3'?", Nearest.Remedy("agent-x", ["agent-4", "agent-3", "agent-2", "agent-1"], "agents"));
        Assert.Equal(["state", "stats"], Nearest.Of("statee", ["stats", "state"]));
    }

    [Fact]
    public void Nothing_close_gives_the_list_in_order() =>
        Assert.Equal("Known options: alpha, beta.", Nearest.Remedy("zzzzzz", ["beta", "alpha"], "options"));

    [Fact]
    public void A_long_list_is_cut() =>
        Assert.EndsWith(", …", Nearest.Remedy("zzzzzz", Enumerable.Range(0, 20).Select(i => $"name{i:00}long"), "names").TrimEnd('.'));

    [Fact]
    public void No_candidates_are_said_to_be_none() => Assert.Equal("There are no ports here.", Nearest.Remedy("x", [], "ports"));
}
