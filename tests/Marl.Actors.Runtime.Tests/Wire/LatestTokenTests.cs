using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

public class LatestTokenTests
{
    private const int Link = 4;

    private static readonly ConduitLimits limits = ConduitLimits.Standard with { ChunkBytes = 1000, WindowBytes = 8000 };

    [Fact]
    public void What_waits_is_replaced_by_a_word_and_its_message_released()
    {
        var line = new FaultyLine(1, loss: 0, limits) { IsCut = true };
        var pool = new MessagePool(Parcels.Layout("weights", 20_000)); // 80 chunks
        var messages = new List<Message>();
        for (var version = 0; version < 100; version++)
        {
            messages.Add(pool.Rent(new(version)).Seal());
            line.Sender.Send(new TokenParcel(Link, messages[^1]), isSupersedable: true);
            line.Sender.Flush(line.Now);
        }

        // The first is being cut into chunks and the last waits: no message but theirs and one more was ever needed.
        var used = messages.Distinct().Count();
        Assert.Equal(3, used);
        line.IsCut = false;
        line.Settle();
        Assert.Equal([99], Delivered(line));
        Assert.Equal(100, line.Received.Count);
        var traffic = line.Sender.Traffic.Links[Link];
        Assert.Equal(99, traffic.Superseded);
        Assert.InRange(traffic.WireBytes, 160_000, 161_000); // two were begun
    }

    [Fact]
    public void A_cut_line_never_repeats_what_is_stale()
    {
        var line = new FaultyLine(1, loss: 0, limits);
        Send(line, 0);
        line.Sender.Flush(line.Now);
        line.IsCut = true;
        for (var version = 1; version < 50; version++)
        {
            Send(line, version);
            line.Step();
            Assert.InRange(line.Sender.UnacknowledgedBytes, 0, limits.WindowBytes + limits.ChunkBytes);
        }

        line.Settle(healAt: 200);
        Assert.Equal(49, Delivered(line)[^1]);
        Assert.InRange(Delivered(line).Count, 1, 2); // the first may have been on its way
        Assert.Equal(50, line.Received.Count);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.1, 3)] // a loss costs a timeout, of 30 steps or more
    public void A_slow_line_delivers_all_the_same(double loss, int least)
    {
        // A newer token comes before an older one can be through: 20 chunks a token, 8 in the window.
        var line = new FaultyLine(1, loss, limits);
        for (var version = 0; version < 500; version++)
        {
            Send(line, version);
            line.Step();
        }

        line.Settle();
        var delivered = Delivered(line);
        Assert.InRange(delivered.Count, least, 400);
        Assert.Equal(499, delivered[^1]);
    }

    [Fact]
    public void Every_token_is_delivered_or_said_to_be_superseded_in_order_and_the_last_arrives()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var line = new FaultyLine(seed, loss: seed % 4 * 0.1, limits);
            var random = new Random(seed);
            var (latest, sure) = (0, 0);
            for (var i = 0; i < 150; i++)
            {
                if (random.Next(2) == 0)
                {
                    Send(line, latest++, floats: random.Next(2) == 0 ? 20 : random.Next(600, 3000));
                }
                else
                {
                    line.Sender.Send(new TokenParcel(9, Parcels.Message(Parcels.Layout("sure", random.Next(3)), new(sure++))));
                }

                line.IsCut = random.Next(40) == 0 || (line.IsCut && random.Next(60) > 0);
                line.Step();
            }

            line.Settle(healAt: 100);
            Assert.Equal(Enumerable.Range(0, sure), line.Received.OfType<TokenParcel>().Where(t => t.Link == 9).Select(t => t.Message.Stamp.Update));
            var delivered = Delivered(line);
            Assert.Equal(delivered.Order(), delivered);
            Assert.Equal(delivered.Distinct(), delivered);
            Assert.Equal(latest - 1, delivered[^1]);
            Assert.Equal(latest, delivered.Count + line.Received.OfType<SupersededParcel>().Count(s => s.Link == Link));

            // Each stands where it was sent: the number of the token delivered is that of the words and tokens before it.
            var seen = 0;
            foreach (var parcel in line.Received)
            {
                if (parcel is TokenParcel { Link: Link } token)
                {
                    Assert.Equal(seen, token.Message.Stamp.Update);
                    Assert.True(Parcels.Same(token, new TokenParcel(Link, Parcels.Message(token.Message.Layout, token.Message.Stamp, seen))));
                }

                seen += parcel is TokenParcel { Link: Link } or SupersededParcel ? 1 : 0;
            }
        }
    }

    private static void Send(FaultyLine line, int version, int floats = 5000) =>
        line.Sender.Send(new TokenParcel(Link, Parcels.Message(Parcels.Layout("weights", floats), new(version), version)), isSupersedable: true);

    private static List<int> Delivered(FaultyLine line) => [.. line.Received.OfType<TokenParcel>().Where(t => t.Link == Link).Select(t => t.Message.Stamp.Update)];
}
