using Marl.Actors.Coordination.Leagues;
using Marl.Actors.Core.Stages;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Leagues;

public sealed class LeaguePoolTests
{
    [Fact]
    public void When_it_is_full_every_other_goes_and_the_others_stand_for_twice_as_many_updates()
    {
        var pool = new LeaguePool(most: 4, every: 3);
        for (var update = 0; update <= 60; update++)
        {
            if (pool.IsDue(update))
            {
                pool.Join([new(0, update, [[update]])]);
            }

            Assert.InRange(pool.Selves.Count, 1, 4);
        }

        Assert.Equal(24, pool.Every);
        Assert.Equal([0, 24, 48], pool.Selves.Select(s => s.Version));
    }

    [Fact]
    public void It_comes_back_from_a_checkpoint_as_it_was()
    {
        var pool = new LeaguePool(most: 2, every: 1);
        for (var update = 0; update < 4; update++)
        {
            if (pool.IsDue(update))
            {
                pool.Join([new(0, update, [[update, 1], [2, 3, 4]]) { Elo = 7 + update }, new(1, update, [[5, 6], [7, 8, update]])]);
            }
        }

        (pool.Selves[1].Games[1], pool.Selves[1].Score[1]) = (3, 2);
        var snapshot = new StageSnapshot();
        pool.Save(snapshot);
        var loaded = new LeaguePool(most: 2, every: 1);
        loaded.Load(snapshot);

        Assert.Equal(pool.Every, loaded.Every);
        Assert.Equal(pool.Selves.Select(Text), loaded.Selves.Select(Text));
    }

    private static string Text(PastSelf self) =>
        $"{self.Player} {self.Version} {self.Elo} {string.Join(' ', self.Games)} {string.Join(' ', self.Score)} {string.Join('|', self.Parameters.Select(p => string.Join(' ', p)))}";
}
