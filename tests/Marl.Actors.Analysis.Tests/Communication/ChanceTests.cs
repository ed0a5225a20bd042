using Marl.Actors.Analysis.Communication;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Communication;

/// <summary>What chance alone comes to, and that the figures say so.</summary>
public sealed class ChanceTests
{
    [Fact]
    public void Information_of_chance_is_corrected_to_about_nothing()
    {
        // Plug-in: about (5 − 1)(6 − 1) / 2N too much.
        var (sum, corrected, trials) = (0.0, 0.0, 200);
        for (var i = 0; i < trials; i++)
        {
            var counts = JointCounts.Of(Planted.Random(5, 200, 2 * i).Codes, Planted.Random(6, 200, (2 * i) + 1).Codes, 5, 6);
            sum += counts.Information / trials;
            corrected += counts.CorrectedInformation / trials;
        }

        Assert.InRange(sum, 0.045, 0.057);
        Assert.InRange(corrected, 0, 0.008); // not exactly nothing: it is never below
    }

    [Fact]
    public void Influence_on_a_listener_of_chance_is_corrected_to_about_nothing()
    {
        var influence = CausalInfluence.Of(Planted.Deaf(contexts: 400, messages: 4, actions: 3, tries: 8, seed: 5), new(100, RandomKey.FromSeed(1)));

        Assert.InRange(influence.Value, 0.07, 0.12);
        Assert.InRange(influence.Corrected, 0, 0.025);
        Assert.Equal(influence.Value, influence.Chance, 0.01);
        Assert.InRange(influence.PValue, 0.02, 1);
    }

    [Fact]
    public void A_listener_that_says_its_chances_has_no_bias_of_tries()
    {
        var deaf = Planted.Deaf(contexts: 100, messages: 4, actions: 3, tries: 4, seed: 5);
        var influence = CausalInfluence.Of(deaf with { Chances = [.. deaf.Counts.Select(_ => 1 / 3.0)] }, new(100, RandomKey.FromSeed(1)));
        var half = CausalInfluence.Of(deaf with { Chances = [.. deaf.Counts.Select((_, i) => i % 12 / 3 < 2 ? (i % 3 == 0 ? 1.0 : 0) : i % 3 == 1 ? 1.0 : 0)] }, new(100, RandomKey.FromSeed(1)));

        Assert.Equal(0, influence.Value, 1e-12);
        Assert.Equal(0, influence.Corrected, 1e-12);
        Assert.InRange(influence.PValue, 0.02, 1);
        Assert.Equal(Math.Log(2), half.Corrected, 1e-12); // two messages to one action, two to another
    }

    [Fact]
    public void Listening_of_a_listener_of_chance_shrinks_with_correction()
    {
        var listening = CausalInfluence.Listening(Planted.Deaf(contexts: 400, messages: 4, actions: 3, tries: 8, seed: 6), new(100, RandomKey.FromSeed(1)));

        Assert.InRange(listening.PValue, 0.02, 1);
        Assert.InRange(listening.Corrected, 0, 0.6 * listening.Value);
    }

    [Fact]
    public void P_values_of_chance_are_uniform()
    {
        // 300 links without any connection, episodes of 5 steps with one message each; a tenth of p-values below each tenth.
        var below = new int[10];
        for (var i = 0; i < 300; i++)
        {
            var (said, done) = (Planted.Random(4, 40, 5 * i), Planted.Random(4, 40, (5 * i) + 1));
            var p = Dependence.Information(Stretched(done), Stretched(said), [.. Enumerable.Range(0, 200).Select(row => row / 5)], new(199, RandomKey.FromSeed(i))).PValue;
            for (var tenth = 0; tenth < 10; tenth++)
            {
                below[tenth] += p <= (tenth + 1) / 10.0 ? 1 : 0;
            }
        }

        for (var tenth = 0; tenth < 10; tenth++)
        {
            var share = (tenth + 1) / 10.0;
            var deviation = Math.Sqrt(300 * share * (1 - share));
            Assert.InRange(below[tenth], (300 * share) - (4 * deviation) - 1, (300 * share) + (4 * deviation) + 1);
        }

        static Column Stretched(Column episodes) => episodes with { Codes = [.. Enumerable.Range(0, 200).Select(row => episodes.Codes[row / 5])] };
    }

    [Fact]
    public void A_channel_of_worth_is_told_from_one_without()
    {
        var stream = RandomKey.FromSeed(4).Stream();
        double[] with = [.. Enumerable.Range(0, 64).Select(_ => stream.NextNormal())];
        double[] same = [.. with.Select(w => w + (0.1 * stream.NextNormal()))];
        double[] less = [.. with.Select(w => w - 0.5 + (0.1 * stream.NextNormal()))];

        var idle = Ablation.Of("muted", with, same, Planted.Shuffling);
        var busy = Ablation.Of("muted", with, less, Planted.Shuffling);

        Assert.InRange(idle.PValue, 0.02, 1);
        Assert.True(idle.Worth.Low < 0 && idle.Worth.High > 0);
        Assert.Equal(1 / 1001.0, busy.PValue, 1e-12);
        Assert.InRange(busy.Worth.Low, 0.4, 0.5); // far narrower than the spread between episodes: they are compared one by one
    }

    [Fact]
    public void Few_rows_get_a_code_each_and_many_are_grouped()
    {
        float[] few = [1, 0, 0, 1, 1, 0, 0.5f, 2];
        var (codes, isExact) = Codebook.Of(few, 2, RandomKey.FromSeed(1));
        Assert.True(isExact);
        Assert.Equal([0, 1, 0, 2], codes.Codes);
        Assert.Equal(3, codes.Size);

        // 16 heaps of 20 points: each heap becomes a group.
        var stream = RandomKey.FromSeed(2).Stream();
        var many = Enumerable.Range(0, 320).SelectMany(i => new[] { (10 * (i % 16 % 4)) + (0.1f * stream.NextSingle()), (10 * (i % 16 / 4)) + (0.1f * stream.NextSingle()) }).ToArray();
        var grouped = Codebook.Of(many, 2, RandomKey.FromSeed(1));
        Assert.False(grouped.IsExact);
        Assert.Equal(16, grouped.Codes.Codes.Distinct().Count());
        Assert.All(Enumerable.Range(0, 320), i => Assert.Equal(grouped.Codes.Codes[i % 16], grouped.Codes.Codes[i]));
    }

    [Fact]
    public void Edits_are_counted()
    {
        Assert.Equal(0, EditDistance.Of([1, 2, 3], [1, 2, 3]));
        Assert.Equal(1, EditDistance.Of([1, 2, 3], [1, 3]));
        Assert.Equal(3, EditDistance.Of([], [4, 4, 4]));
        Assert.Equal(3, EditDistance.Of([.. "kitten".Select(c => (int)c)], [.. "sitting".Select(c => (int)c)]));
    }

    [Fact]
    public void Equal_values_share_their_rank() => Assert.Equal([2.5, 0, 2.5, 1, 4], Ranks.Of([3, 1, 3, 2, 9]));
}
