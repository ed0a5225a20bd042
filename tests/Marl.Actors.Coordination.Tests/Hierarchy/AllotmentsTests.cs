using Marl.Actors.Coordination.Hierarchy;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Hierarchy;

public sealed class AllotmentsTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 24)]
    [InlineData(6, 720)]
    public void Every_way_gives_each_member_a_goal_of_its_own_and_no_way_comes_twice(int members, int ways)
    {
        var allotments = new Allotments(members);
        Assert.Equal(ways, allotments.Count);
        var all = Enumerable.Range(0, ways).Select(way => string.Join(' ', Enumerable.Range(0, members).Select(m => allotments[way, m]))).ToArray();
        Assert.Equal(ways, all.Distinct().Count());
        Assert.All(all, way => Assert.Equal(Enumerable.Range(0, members).Select(i => $"{i}"), way.Split(' ').Order()));
    }

    [Fact]
    public void They_are_in_lexicographic_order()
    {
        var allotments = new Allotments(3);
        Assert.Equal(["012", "021", "102", "120", "201", "210"], Enumerable.Range(0, 6).Select(way => $"{allotments[way, 0]}{allotments[way, 1]}{allotments[way, 2]}"));
    }
}
