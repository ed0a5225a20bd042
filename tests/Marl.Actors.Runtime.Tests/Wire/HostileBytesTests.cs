using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>
/// Bytes that nobody honest sent. Whatever they are: a <see cref="WireException"/> or a record of the list, and no more memory
/// than they have themselves, nearly. <c>MARL_FUZZ</c> multiplies the trials.
/// </summary>
public class HostileBytesTests
{
    private static readonly int trials = 100_000 * (int.TryParse(Environment.GetEnvironmentVariable("MARL_FUZZ"), out var factor) ? factor : 1);

    private static readonly ConduitKey key = new(1, 1, 0, 1);

    [Fact]
    public void The_serializer_makes_records_of_the_list_or_refuses()
    {
        var samples = WireRecords.All.SelectMany(l => RecordSamples.Of(l.Type).Select(r => (l.Manifest, Bytes: WireSerializer.Write(r)))).Where(s => s.Bytes.Length < 1000).ToArray();
        var refused = Try(1, random =>
        {
            var (manifest, bytes) = samples[random.Next(samples.Length)];
            var hostile = Mutations.Of(random, bytes);
            if (hostile.AsSpan().SequenceEqual(bytes))
            {
                hostile[^1] ^= 1; // of a record of a few bytes, damage may change nothing
            }

            _ = WireSerializer.Read(hostile, random.Next(50) == 0 ? "System.Object" : manifest);
        });
        Assert.InRange(refused, trials * 0.99, trials); // a checksum of 32 bits
    }

    [Fact]
    public void Every_line_of_the_list_reads_anything_without_the_checksum()
    {
        foreach (var line in WireRecords.All)
        {
            var samples = RecordSamples.Of(line.Type).Select(record =>
            {
                var writer = new WireWriter();
                line.Write(writer, record);
                return writer.ToArray();
            }).Where(s => s.Length < 2000).ToArray();
            Try(2, random => _ = line.Read(new WireReader(Mutations.Of(random, samples[random.Next(samples.Length)]))), trials / WireRecords.All.Count);
        }
    }

    [Fact]
    public void A_conduit_gives_on_parcels_or_refuses()
    {
        var frames = Frames();
        var refused = Try(3, random =>
        {
            var receiver = new ConduitReceiver(key, ConduitLimits.Standard, _ => { });
            foreach (var frame in frames)
            {
                var hostile = random.Next(3) switch
                {
                    0 => frame,
                    1 => frame with { Bytes = Mutations.Of(random, frame.Bytes.ToArray()) },
                    _ => frame with { IsLast = random.Next(2) == 0, IsVoid = random.Next(8) == 0, Number = random.Next(9) == 0 ? random.NextInt64(-1, 99) : frame.Number },
                };
                receiver.Accept(hostile, p => ParcelWriter.Token(p)?.Release());
                Assert.InRange(receiver.HeldBytes, 0, 2 * ConduitLimits.Standard.WindowFrames * ConduitLimits.Standard.ChunkBytes);
            }
        });
        Assert.InRange(refused, 1, trials); // it does happen
    }

    [Fact]
    public void A_large_layout_costs_nothing_until_its_floats_are_there()
    {
        var writer = new WireWriter();
        var parcels = new ParcelWriter(ConduitLimits.Standard);
        parcels.WriteLayout(writer, new MessageLayout("weights", new Field("w", [ConduitLimits.Standard.LargestParcel / 4])));
        var reader = new ParcelReader(ConduitLimits.Standard);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(reader.Read(writer.ToArray()));
        writer.Clear();
        writer.Raw([(byte)ParcelKind.Token, 0, 1, 0, 0, 0, 1, 2, 3, 4]);
        Assert.Equal(
            "A weights message has 4 bytes instead of 1073741824.",
            Assert.Throws<WireException>(() => reader.Read(writer.ToArray())).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_layout_beyond_the_limit_is_refused()
    {
        var writer = new WireWriter();
        new ParcelWriter(ConduitLimits.Standard).WriteLayout(writer, new("weights", new("a", [1 << 20, 200]), new("b", [1 << 20, 200])));
        Assert.Equal(
            "A message of 419430400 floats is longer than a parcel may be (268435456 floats).",
            Assert.Throws<WireException>(() => new ParcelReader(ConduitLimits.Standard).Read(writer.ToArray())).Message);
    }

    private static Frame[] Frames()
    {
        var frames = new List<Frame>();
        using var sender = new ConduitSender(key, ConduitLimits.Standard with { ChunkBytes = 200 }, frames.Add);
        var random = new Random(5);
        for (var i = 0; i < 12; i++)
        {
            sender.Send(Parcels.Any(random, mostFloats: 30));
        }

        sender.Send(new TokenParcel(1, Parcels.Message(Parcels.Layout("weights", 150), new(1))), isSupersedable: true);
        sender.Flush(default);
        Assert.InRange(frames.Count, 5, 20);
        return [.. frames];
    }

    /// <summary>Does something many times; only one exception may come of it, and little memory may be asked for in any one time.</summary>
    private static int Try(int seed, Action<Random> trial, int? times = null)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < (times ?? trials); i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                trial(random);
            }
            catch (WireException e)
            {
                refused++;
                Assert.EndsWith(".", e.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }

        return refused;
    }
}
