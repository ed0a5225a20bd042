using Marl.Actors.Core.Files;
using Xunit;

namespace Marl.Actors.Core.Tests.Files;

public sealed class Crc32CTests
{
    [Fact]
    public void The_vectors_of_RFC_3720_hold()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }

    [Fact]
    public void It_can_be_taken_in_pieces() => Assert.Equal(0xE3069283u, Crc32C.Of("456789"u8, Crc32C.Of("123"u8)));

    [Fact]
    public void Every_flipped_bit_changes_it()
    {
        var data = "whole or not at all"u8.ToArray();
        var sum = Crc32C.Of(data);
        for (var bit = 0; bit < data.Length * 8; bit++)
        {
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(sum, Crc32C.Of(data));
            data[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
