using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Environments.Lifecycles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Lifecycles;

public sealed class DialTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(9);

    [Fact]
    public void Its_agents_differ_in_both_spaces()
    {
        var agents = new Dial(new(Words: 5), copies: 1).Spec.Agents;
        Assert.Equal([(new Box(5, 0, 1), new Discrete(5)), ((Space)new Box(6, 0, 1), (Space)new Box(1, 0, 1))], agents.Select(a => (a.Observation, a.Action)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_word_for_each_number_leaves_only_the_first_guess(int words)
    {
        const int copies = 4000;
        var world = new Dial(new(Words: words), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        var sums = new double[world.Spec.MaxSteps];
        for (var t = 0; t < sums.Length; t++)
        {
            runner.See();
            for (var copy = 0; copy < copies; copy++)
            {
                var meant = Array.IndexOf(runner.Observations[0], 1, copy * words, words) - (copy * words);
                var heard = Array.IndexOf(runner.Observations[1], 1, copy * (words + 1), words) - (copy * (words + 1));
                runner.Act(0, copy, meant);
                runner.Act(1, copy, heard >= 0 ? heard / (words - 1f) : 0.5f);
            }

            runner.Step(Key, t);
            sums[t] = runner.Rewards.Take(copies).Sum(r => (double)r);
            Assert.Equal(runner.Rewards[..copies], runner.Rewards[copies..]);
        }

        Assert.Equal(-(words + 1) / (12.0 * (words - 1)), sums[0] / copies, 0.01);
        Assert.All(sums[1..], sum => Assert.Equal(0, sum, 6));
    }

    [Fact]
    public void The_tuner_hears_the_word_and_sees_its_dial()
    {
        var runner = new WorldRunner(new Dial(new(), copies: 1));
        runner.Reset(Key);
        runner.See();
        Assert.Equal([0, 0, 0, 0, 0.5f], runner.Observations[1]);
        runner.Act(0, 0, 2);
        runner.Act(1, 0, 1.75f);
        runner.Step(Key, 0);
        runner.See();
        Assert.Equal([0, 0, 1, 0, 1], runner.Observations[1]);
    }
}
