using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

public class ConduitTests
{
    private static readonly ConduitLimits small = ConduitLimits.Standard with { ChunkBytes = 500, WindowBytes = 4000, Layouts = 5 };

    [Fact]
    public void Every_parcel_arrives_once_and_in_order_over_a_bad_line()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var line = new FaultyLine(seed, loss: seed % 4 * 0.1, small);
            var random = new Random(seed);
            var sent = new List<Parcel>();
            for (var i = 0; i < 100; i++)
            {
                var parcel = Parcels.Any(random, mostFloats: random.Next(8) == 0 ? 1000 : 40);
                sent.Add(parcel);
                line.Sender.Send(parcel);
                if (random.Next(4) == 0)
                {
                    line.Step();
                }

                Assert.InRange(line.Sender.Unacknowledged, 0, small.WindowFrames);
                Assert.InRange(line.Receiver.HeldBytes, 0, small.WindowBytes + small.ChunkBytes + 4100); // and the largest parcel
            }

            line.Settle();
            Assert.Equal(sent.Count, line.Received.Count);
            for (var i = 0; i < sent.Count; i++)
            {
                Assert.True(Parcels.Same(sent[i], line.Received[i]), $"Seed {seed}: {sent[i]} became {line.Received[i]}.");
            }
        }
    }

    [Fact]
    public void A_parcel_of_16_MB_goes_in_chunks_and_never_whole()
    {
        var line = new FaultyLine(1, loss: 0.02, ConduitLimits.Standard);
        var weights = Parcels.Message(Parcels.Layout("weights", 4_000_000), new(7));
        line.Sender.Send(new TokenParcel(3, weights.Retain()));
        line.Sender.Flush(line.Now);
        Assert.InRange(line.Sender.Unacknowledged, 2, 10); // the window
        line.Settle();
        Assert.True(Parcels.Same(new TokenParcel(3, weights), Assert.Single(line.Received)));
        var traffic = line.Sender.Traffic.Links[3];
        Assert.Equal((1, 16_000_000, 0), (traffic.Messages, traffic.PayloadBytes, traffic.Superseded));
        Assert.InRange(traffic.WireBytes, 16_000_000, 16_000_100);
        Assert.Equal(0, line.Receiver.HeldBytes);
    }
}
