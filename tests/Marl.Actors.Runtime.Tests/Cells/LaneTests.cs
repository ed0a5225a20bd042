using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cells;

public sealed class LaneTests
{
    // tokens   a b     c
    // taken        b b   c c     (newest, again and again)
    [Fact]
    public void Latest_gives_the_newest_token_until_there_is_a_newer_one()
    {
        var lane = new Lane(Merge.Latest);
        lane.Open();
        Assert.False(lane.Has(1));
        lane.Add(Number(1));
        lane.Add(Number(2));
        Assert.Equal([2f, 2f], [Take(lane), Take(lane)]);
        lane.Add(Number(3));
        Assert.Equal([3f, 3f], [Take(lane), Take(lane)]);
    }

    [Fact]
    public void Tokens_of_a_joined_lane_come_once_and_in_order()
    {
        var lane = new Lane(Merge.ByStep);
        lane.Open();
        lane.Add(Number(1));
        lane.Add(Number(2));
        Assert.Equal([1f, 2f], [Take(lane), Take(lane)]);
        Assert.False(lane.Has(1));
        Assert.False(lane.IsExhausted(1));
        lane.Close();
        Assert.True(lane.IsExhausted(1));
    }

    [Theory]
    [InlineData(Merge.ByStep)]
    [InlineData(Merge.Latest)]
    public void A_saved_lane_holds_the_same_tokens(Merge merge)
    {
        var (lane, copy, snapshot) = (new Lane(merge), new Lane(merge), new StageSnapshot());
        lane.Add(Number(4));
        Take(lane);
        lane.Add(Number(5));
        lane.Save(snapshot, "lane");
        copy.Load(snapshot, "lane");
        Assert.Equal(lane.Count, copy.Count);
        Assert.Equal(5f, Take(copy));
    }

    [Fact]
    public void An_absent_token_is_saved_as_absent()
    {
        var (lane, copy, snapshot) = (new Lane(Merge.Single), new Lane(Merge.Single), new StageSnapshot());
        lane.Add(Message.Absent(new(3, 4)));
        lane.Save(snapshot, "lane");
        copy.Load(snapshot, "lane");
        var token = copy.Take();
        Assert.True(token.IsAbsent);
        Assert.Equal(new Stamp(3, 4), token.Stamp);
    }

    private static Message Number(float value) => TestStages.Number(new((int)value), value).Seal();

    private static float Take(Lane lane) => lane.Take()[0][0];
}
