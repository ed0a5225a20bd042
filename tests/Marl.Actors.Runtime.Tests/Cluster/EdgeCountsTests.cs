using Marl.Actors.Runtime.Cluster.Status;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster;

/// <summary>What the hosts at both ends of a link know of it, put together.</summary>
public sealed class EdgeCountsTests
{
    [Fact]
    public void A_consumer_lags_by_what_was_sent_and_not_taken()
    {
        var (producer, consumer) = (new EdgeCounts(3), new EdgeCounts(3));
        Enumerable.Range(0, 6).ToList().ForEach(version => producer.Count(1, 40, version));
        Assert.Equal(LinkFigures.Unknown, Together(producer, consumer, 1).Lag); // it has taken none yet
        consumer.Take(1, 3);
        Assert.Equal(new LinkFigures(6, 240, 5, 3, LinkFigures.Unknown), Together(producer, consumer, 1));
        Assert.Equal(2, Together(producer, consumer, 1).Lag);
        consumer.Take(1, 5);
        Assert.Equal(0, Together(consumer, producer, 1).Lag); // whichever is heard first
        Assert.Equal(LinkFigures.None, Together(producer, consumer, 0));
    }

    [Fact]
    public void What_was_made_with_old_weights_tells_the_worst_since_the_last_report()
    {
        var host = new EdgeCounts(1);
        host.TakeLate(0, 2);
        host.TakeLate(0, 7);
        host.TakeLate(0, 1);
        var first = LinkFigures.None.With(EdgeCounts.Read(host.Write(), 1).Single().Figures);
        Assert.Equal(7, first.Lag);
        host.Count(0, 4, 0);
        Assert.Equal(7, first.With(EdgeCounts.Read(host.Write(), 1).Single().Figures).Lag); // nothing newer is known
        host.TakeLate(0, 0);
        Assert.Equal(0, first.With(EdgeCounts.Read(host.Write(), 1).Single().Figures).Lag);
    }

    private static LinkFigures Together(EdgeCounts first, EdgeCounts second, int link)
    {
        var figures = LinkFigures.None;
        foreach (var (of, said) in EdgeCounts.Read(first.Write(), 3).Concat(EdgeCounts.Read(second.Write(), 3)))
        {
            figures = of == link ? figures.With(said) : figures;
        }

        return figures;
    }
}
