using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Wire;

public class WireReaderTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var writer = new WireWriter(0);
        writer.Byte(255);
        writer.Flag(true);
        writer.Int(int.MinValue);
        writer.Long(long.MinValue);
        writer.Double(-0.0);
        foreach (var small in Smalls)
        {
            writer.Small(small);
        }

        foreach (var near in Nears)
        {
            writer.Near(near);
        }

        writer.Text("Müller → 🙂");
        writer.Bytes([1, 2]);
        writer.Floats([1.5f, float.NaN]);
        writer.Raw([9]);

        var reader = new WireReader(writer.ToArray());
        Assert.Equal(255, reader.Byte());
        Assert.True(reader.Flag());
        Assert.Equal(int.MinValue, reader.Int());
        Assert.Equal(long.MinValue, reader.Long());
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(reader.Double()));
        Assert.All(Smalls, small => Assert.Equal(small, reader.Small()));
        Assert.All(Nears, near => Assert.Equal(near, reader.Near()));
        Assert.Equal("Müller → 🙂", reader.Text());
        Assert.Equal([1, 2], reader.Bytes(2).ToArray());
        Assert.Equal([1.5f, float.NaN], reader.Floats(2));
        Assert.Equal(1, reader.Left);
        Assert.Equal(9, reader.Byte());
        reader.End();
    }

    [Fact]
    public void Lengths_are_refused_before_room_is_made()
    {
        var writer = new WireWriter();
        writer.Small(1 << 30);
        var bytes = writer.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(bytes, r => r.Text(), "1073741824 things are said to follow; 65536 are the most there may be.");
        Refuses(bytes, r => r.Floats(int.MaxValue), "1073741824 things of 4 bytes or more are said to follow, and 0 bytes are left.");
        Refuses(bytes, r => r.Bytes(int.MaxValue), "1073741824 things of 1 bytes or more are said to follow, and 0 bytes are left.");
        Refuses(bytes, r => r.Count(int.MaxValue, int.MaxValue), $"1073741824 things of {int.MaxValue} bytes or more are said to follow, and 0 bytes are left.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Nonsense_is_refused_with_a_sentence()
    {
        Refuses([], r => r.Byte(), "1 bytes are needed, and 0 are left.");
        Refuses([7], r => r.Flag(), "A yes or no is 7.");
        Refuses([255, 255, 255, 255, 255, 255, 255, 255, 255, 1], r => r.Small(), "A number is longer than 9 bytes.");
        Refuses([255, 255, 255, 255, 255, 255, 255, 255, 127], r => r.Near(), $"{long.MaxValue} is no number of 32 bits.");
        Refuses([200, 1], r => r.Small(100), "200 is above 100, the most there may be.");
        Refuses([2, 0xC3, 0x28], r => r.Text(), "A text is not UTF-8.");
        Refuses([1, 1], r => { r.Byte(); r.End(); return 0; }, "1 bytes follow behind the end.");
    }

    private static long[] Smalls => [0, 1, 127, 128, int.MaxValue, long.MaxValue];

    private static int[] Nears => [0, -1, 1, -64, 64, int.MinValue, int.MaxValue];

    private static void Refuses(byte[] bytes, Func<WireReader, object> read, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<WireException>(() => read(new(bytes))).Message);
}
