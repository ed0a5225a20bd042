using Marl.Actors.Core.Randomness;
using Marl.Actors.Runtime.Cluster.Leading;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster;

/// <summary>When nothing is under way anywhere, and when it only looks so.</summary>
public sealed class WavesTests
{
    [Fact]
    public void Two_equal_waves_in_balance_are_the_end()
    {
        var waves = new Waves(2);
        waves.Report(0, new(true, 3, 1));
        Assert.False(waves.TryBegin());
        waves.Report(1, new(true, 1, 3));
        Assert.True(waves.TryBegin());
        Assert.False(waves.Answer(0, 1, new(true, 3, 1)));
        Assert.True(waves.Answer(1, 1, new(true, 1, 3)));
    }

    [Fact]
    public void Somebody_who_has_stirred_between_the_waves_calls_for_another()
    {
        var waves = new Waves(2);
        waves.Report(0, new(true, 3, 1));
        waves.Report(1, new(true, 1, 3));
        Assert.True(waves.TryBegin());
        Assert.False(waves.Answer(0, 1, new(true, 4, 1)));
        Assert.False(waves.Answer(1, 1, new(true, 1, 4)));
        Assert.True(waves.TryBegin());
        Assert.False(waves.Answer(0, 2, new(true, 4, 1)));
        Assert.True(waves.Answer(1, 2, new(true, 1, 4)));
    }

    [Fact]
    public void Answers_of_an_earlier_wave_count_for_nothing()
    {
        var waves = new Waves(1);
        waves.Report(0, default(Stillness) with { IsQuiet = true });
        Assert.True(waves.TryBegin());
        Assert.False(waves.Answer(0, 0, new(true, 0, 0)));
        Assert.True(waves.Answer(0, 1, new(true, 0, 0)));
    }

    /// <summary>Nodes that send tokens on at random over lines of random delay, a wave under way meanwhile: the end is never said while a token is.</summary>
    [Fact]
    public void The_end_is_never_said_too_early_and_is_said_at_last()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var stream = RandomKey.FromSeed(seed).Derive("waves").Stream();
            var nodes = 2 + stream.NextInt(4);
            var waves = new Waves(nodes);
            var (sent, received, told) = (new long[nodes], new long[nodes], new Stillness[nodes]);
            var onTheWay = new List<int>();  // tokens, by receiver
            var asked = new List<(int Node, int Wave)>();
            for (var first = 0; first < 3; first++)
            {
                Send(stream.NextInt(nodes), stream.NextInt(nodes));
            }

            var left = 40;
            for (var step = 0; ; step++)
            {
                Assert.True(step < 100_000, $"seed {seed} never ends");
                var choice = stream.NextInt(3);
                if (choice == 0 && onTheWay.Count > 0)
                {
                    var at = stream.NextInt(onTheWay.Count);
                    var node = onTheWay[at];
                    onTheWay.RemoveAt(at);
                    received[node]++;
                    if (left-- > 0)
                    {
                        Send(node, stream.NextInt(nodes));
                    }
                }
                else if (choice == 1)
                {
                    var node = stream.NextInt(nodes);
                    told[node] = new(true, sent[node], received[node]);
                    waves.Report(node, told[node]);
                    if (waves.TryBegin())
                    {
                        asked.AddRange(Enumerable.Range(0, nodes).Select(n => (n, waves.Number)));
                    }
                }
                else if (asked.Count > 0)
                {
                    var at = stream.NextInt(asked.Count);
                    var (node, wave) = asked[at];
                    asked.RemoveAt(at);
                    if (waves.Answer(node, wave, new(true, sent[node], received[node])))
                    {
                        Assert.Empty(onTheWay);
                        break;
                    }
                }
            }

            void Send(int from, int to)
            {
                sent[from]++;
                onTheWay.Add(to);
            }
        }
    }
}
