using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

public class WireSerializerTests
{
    [Fact]
    public void Every_record_of_the_list_comes_back_the_same()
    {
        foreach (var line in WireRecords.All)
        {
            foreach (var record in RecordSamples.Of(line.Type))
            {
                var bytes = WireSerializer.Write(record);
                Assert.True(RecordSamples.Same(record, WireSerializer.Read(bytes, line.Manifest)), $"{record} is another one after the journey.");
            }
        }
    }

    [Fact]
    public void Names_on_the_wire_are_given_once() => Assert.Distinct(WireRecords.All.Select(r => r.Manifest));

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var bytes = WireSerializer.Write(new FrameAck(9, 1, 2, 0, 77, 5));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<WireException>(() => WireSerializer.Read(bytes, "ack"));
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void A_record_does_not_pass_for_another() =>
        Refuses(WireSerializer.Write(new FrameAck(9, 1, 2, 0, 77, 5)), "frame", "A record of kind 'frame' was damaged on its way: its checksum is wrong.");

    [Fact]
    public void A_newer_version_is_refused_with_a_sentence()
    {
        var bytes = WireSerializer.Write(new FrameAck(9, 1, 2, 0, 77, 5));
        bytes[0] = 2;
        Refuses(bytes, "ack", "A record of kind 'ack' is of version 2; this node reads version 1. Run the same version on all nodes.");
    }

    [Fact]
    public void What_is_not_on_the_list_is_refused_with_a_sentence()
    {
        Assert.Equal("Version is not on the list of what travels between nodes.", Assert.Throws<WireException>(() => WireSerializer.Write(new Version(1, 2))).Message);
        Refuses([1, 2, 3, 4, 5], "System.IO.FileInfo, System.Runtime", "Records 'System.IO.FileInfo, System.Runtime' are unknown to this node.");
        Refuses([1, 2, 3, 4, 5], null, "Records '' are unknown to this node.");
    }

    [Fact]
    public void What_is_too_large_is_refused_where_it_is_sent()
    {
        var frame = new Frame(1, 1, 1, 1, 1, true, false, new byte[WireSerializer.LargestRecord]);
        Assert.StartsWith("A record of kind 'frame' has 120035 bytes; 120000 are the most one may have.", Assert.Throws<WireException>(() => WireSerializer.Write(frame)).Message);
        Assert.NotEmpty(WireSerializer.Write(frame with { Bytes = new byte[ConduitLimits.Standard.ChunkBytes] }));
    }

    private static void Refuses(byte[] bytes, string? manifest, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<WireException>(() => WireSerializer.Read(bytes, manifest)).Message);
}
