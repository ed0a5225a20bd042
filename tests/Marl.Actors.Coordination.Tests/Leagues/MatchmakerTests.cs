using Marl.Actors.Coordination.Leagues;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Leagues;

public sealed class MatchmakerTests
{
    private static readonly RandomStream Random = RandomKey.FromSeed(3).Stream();

    [Fact]
    public void The_latest_meets_itself_and_learns_at_all_seats()
    {
        var match = Assert.Single(new Matchmaker(new(Matchmaking.Latest, Groups: 1), seats: 2, hasExploiter: false).Draw(Pool(3), Random));
        Assert.All(Enumerable.Range(0, 2), seat => Assert.Equal((MatchMessages.Main, MatchMessages.Main), (match.Stands(seat), match.Learns(seat))));
    }

    [Fact]
    public void Groups_are_divided_between_the_exploiter_past_selves_and_itself()
    {
        var matches = new Matchmaker(new(Matchmaking.Past, Past: 0.5, Exploiter: 0.25, Groups: 16), seats: 2, hasExploiter: true).Draw(Pool(3), Random);
        var seen = matches.Select(m => string.Join(' ', Enumerable.Range(0, 2).Select(seat => $"{m.Stands(seat)}/{m.Learns(seat)}"))).ToArray();
        Assert.Equal(["-2/-2 -1/0", "-1/0 -2/-2", "-2/-2 -1/0", "-1/0 -2/-2"], seen[..4]);
        Assert.Equal(["-1/-1 0/0", "0/0 -1/-1"], seen[4..6]);
        Assert.All(matches[4..10], m => Assert.NotNull(m.Opponent));
        Assert.All(seen[10..], text => Assert.Equal("-1/-1 -1/-1", text));
    }

    [Theory]
    [InlineData(Matchmaking.Past, Averaging.Uniform, Weighting.Hard, "0.33 0.33 0.33")]
    [InlineData(Matchmaking.Past, Averaging.Linear, Weighting.Hard, "0.17 0.33 0.50")]
    [InlineData(Matchmaking.Prioritised, Averaging.Uniform, Weighting.Hard, "0.76 0.24 0.00")] // 0.9², 0.5², 0.0²: won 1, 5, 10 of 10
    [InlineData(Matchmaking.Prioritised, Averaging.Uniform, Weighting.Variance, "0.26 0.74 0.00")] // 0.09, 0.25, 0
    public void Past_selves_are_met_as_often_as_their_weights_say(Matchmaking making, Averaging averaging, Weighting weighting, string expected)
    {
        const int groups = 40_000;
        var pool = Pool(3);
        for (var i = 0; i < 3; i++)
        {
            (pool[i].Games[0], pool[i].Score[0]) = (1e9, 1e9 * ((double[])[0.1, 0.5, 1])[i]);
        }

        var matches = new Matchmaker(new(making, averaging, Weighting: weighting, Groups: groups), seats: 2, hasExploiter: false).Draw(pool, Random);
        var found = pool.Select(self => matches.Count(m => m.Opponent == self) / (double)groups).ToArray();
        Assert.All(expected.Split(' ').Zip(found), p => Assert.Equal(double.Parse(p.First, System.Globalization.CultureInfo.InvariantCulture), p.Second, 0.012));
    }

    [Fact]
    public void Where_none_counts_all_are_alike()
    {
        var pool = Pool(3);
        foreach (var self in pool)
        {
            (self.Games[0], self.Score[0]) = (1e300, 1e300); // beaten always
        }

        var matches = new Matchmaker(new(Matchmaking.Prioritised, Groups: 3000), seats: 2, hasExploiter: false).Draw(pool, Random);
        Assert.All(pool, self => Assert.InRange(matches.Count(m => m.Opponent == self), 900, 1100));
    }

    private static PastSelf[] Pool(int count) => [.. Enumerable.Range(1, count).Select(version => new PastSelf(0, version, [[version]]))];
}
