using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Policies.Tests.Agents;

public sealed class SharingTests
{
    private static readonly Values<string> Agents = ["wolf-0", "wolf-1", "sheep-0", "sheep-1", "sheep-2"];

    [Theory]
    [InlineData(true, "", "0/5 1/5 2/5 3/5 4/5")]
    [InlineData(false, "", "0/1 0/1 0/1 0/1 0/1")]
    [InlineData(true, "wolf sheep", "0/2 1/2 0/3 1/3 2/3")]
    [InlineData(true, "sheep-0+sheep-2", "0/3 1/3 0/2 2/3 1/2")]
    [InlineData(false, "wolf-1+sheep", "0/1 0/4 1/4 2/4 3/4")]
    public void Agents_know_with_how_many_they_share_and_which_of_them_they_are(bool share, string groups, string expected)
    {
        var sharing = new Sharing(share, [.. groups.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Identity: true);
        var places = Enumerable.Range(0, Agents.Count).Select(i => sharing.Place(Agents, i)).ToList();
        Assert.Equal(expected, string.Join(' ', places.Select(p => $"{p.Place}/{p.Count}")));
        Assert.Equal(places.Select(p => p.Count > 1 ? p.Count : 0), Enumerable.Range(0, Agents.Count).Select(i => sharing.Identities(Agents, i)));
    }

    [Theory]
    [InlineData("wolf", "")]
    [InlineData("goat", "No agent's name is 'goat' or begins with 'goat-': there are wolf-0, wolf-1, sheep-0, sheep-1, sheep-2.")]
    [InlineData("wol", "No agent's name is 'wol' or begins with 'wol-': there are wolf-0, wolf-1, sheep-0, sheep-1, sheep-2.")]
    [InlineData("wolf-0+", "No agent's name is '' or begins with '-': there are wolf-0, wolf-1, sheep-0, sheep-1, sheep-2.")]
    [InlineData("wolf wolf-1+sheep", "Agent 'wolf-1' stands in two groups, 'wolf' and 'wolf-1+sheep'.")]
    public void Groups_that_name_nobody_or_somebody_twice_are_conflicts(string groups, string expected) =>
        Assert.Equal(expected, string.Join('\n', new Sharing(Groups: [.. groups.Split(' ')]).Conflicts(Agents).Select(c => c.Sentence)));
}
