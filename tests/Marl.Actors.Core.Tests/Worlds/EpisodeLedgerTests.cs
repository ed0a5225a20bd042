using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Core.Tests.Worlds;

/// <summary>The ledger counts in vectors; here copy by copy, also where the copies do not fill them.</summary>
public sealed class EpisodeLedgerTests
{
    private const int Limit = 4;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 8)]
    [InlineData(2, 37)]
    [InlineData(3, 64)]
    public void Returns_lengths_and_cuts_are_those_of_each_copy(int agents, int copies)
    {
        var random = RandomKey.FromSeed(7).Stream();
        var ledger = new EpisodeLedger(agents, copies);
        var (returns, lengths) = (new double[agents * copies], new int[copies]);
        for (var step = 0; step < 60; step++)
        {
            var (rewards, terminated, truncated) = (new float[agents * copies], new float[copies], new float[copies]);
            for (var i = 0; i < rewards.Length; i++)
            {
                rewards[i] = (float)random.NextDouble() - 0.3f;
                returns[i] += rewards[i];
            }

            for (var copy = 0; copy < copies; copy++)
            {
                lengths[copy]++;
                terminated[copy] = step % 3 == 0 && random.NextInt(10) == 0 ? 1 : 0;
            }

            ledger.Add(rewards);
            var anyEnded = ledger.Cut(Limit, terminated, truncated);
            Assert.Equal(lengths.Select((length, copy) => terminated[copy] == 0 && length >= Limit ? 1f : 0), truncated);
            Assert.Equal(terminated.Contains(1f) || truncated.Contains(1f), anyEnded);
            Assert.Equal(lengths, Enumerable.Range(0, copies).Select(ledger.Length));
            Assert.Equal(returns, Enumerable.Range(0, agents * copies).Select(i => ledger.Return(i / copies, i % copies)));
            for (var copy = 0; copy < copies; copy++)
            {
                if (terminated[copy] + truncated[copy] > 0)
                {
                    ledger.Clear(copy);
                    lengths[copy] = 0;
                    for (var agent = 0; agent < agents; agent++)
                    {
                        returns[(agent * copies) + copy] = 0;
                    }
                }
            }
        }
    }

    [Fact]
    public void Without_a_limit_nothing_is_cut()
    {
        var ledger = new EpisodeLedger(1, 9);
        float[] truncated = [.. Enumerable.Repeat(1f, 9)];
        ledger.Add(new float[9]);
        Assert.False(ledger.Cut(0, new float[9], truncated));
        Assert.All(truncated, cut => Assert.Equal(0, cut));
        Assert.True(ledger.Cut(0, [0, 0, 0, 0, 0, 0, 0, 0, 1], truncated));
    }
}
