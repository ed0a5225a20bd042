using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Core.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_bits_are_those_of_the_published_generator()
    {
        // Vigna's splitmix64.c seeded with 1234567 (the vector of Rosetta Code), and with 0 (java.util.SplittableRandom(0)).
        var stream = new RandomStream(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

        Assert.Equal(expected, expected.Select(_ => stream.NextBits()).ToArray());
        Assert.Equal(0xE220A8397B1DCDAFUL, new RandomStream(0).NextBits());
    }

    [Fact]
    public void A_copy_repeats_the_numbers_and_the_state_continues_them()
    {
        var stream = new RandomStream(5);
        stream.NextDouble();
        var copy = stream;
        var resumed = new RandomStream(stream.State);
        var next = stream.NextBits();

        Assert.Equal(next, copy.NextBits());
        Assert.Equal(next, resumed.NextBits());
    }

    [Fact]
    public void Uniform_numbers_fill_their_cells_evenly()
    {
        // χ² over 100 cells, 99 degrees of freedom: above 148.2 in 1 of 1,000 cases.
        var stream = RandomKey.FromSeed(3).Stream();
        var (doubles, singles, integers) = (new int[100], new int[100], new int[100]);
        for (var i = 0; i < 100_000; i++)
        {
            doubles[(int)(stream.NextDouble() * 100)]++;
            singles[(int)(stream.NextSingle() * 100)]++;
            integers[stream.NextInt(100)]++;
        }

        Assert.All((int[][])[doubles, singles, integers], cells => Assert.InRange(ChiSquare(cells, 1000), 55, 149));
    }

    [Fact]
    public void Uniform_numbers_stay_in_their_range()
    {
        var stream = new RandomStream(9);
        for (var i = 0; i < 100_000; i++)
        {
            Assert.InRange(stream.NextDouble(), 0, 1 - 1e-16);
            Assert.InRange(stream.NextSingle(), 0f, 0.99999994f);
            Assert.InRange(stream.NextInt(3), 0, 2);
            Assert.InRange(stream.Uniform(-2, 3), -2, 3);
            Assert.Equal(0, stream.NextInt(1));
        }
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var stream = RandomKey.FromSeed(4).Stream();
        const int Count = 200_000;
        var (first, second, fourth) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            var x = stream.NextNormal();
            Assert.True(double.IsFinite(x));
            (first, second, fourth) = (first + x, second + (x * x), fourth + (x * x * x * x));
        }

        // Four standard errors: 1/√n, √2/√n, √96/√n.
        Assert.InRange(first / Count, -0.009, 0.009);
        Assert.InRange(second / Count, 1 - 0.0127, 1 + 0.0127);
        Assert.InRange(fourth / Count, 3 - 0.088, 3 + 0.088);
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        var stream = RandomKey.FromSeed(5).Stream();
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 24_000; i++)
        {
            var items = "abcd".ToCharArray();
            stream.Shuffle<char>(items);
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.InRange(ChiSquare([.. counts.Values], 1000), 5, 49.7); // 23 degrees of freedom: 49.7 in 1 of 1,000
    }

    internal static double ChiSquare(int[] cells, double expected) => cells.Sum(c => (c - expected) * (c - expected) / expected);
}
