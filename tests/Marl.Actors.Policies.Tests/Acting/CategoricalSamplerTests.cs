using System.Text.Json;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Tests.Acting;

public class CategoricalSamplerTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "rl", "ppo_loss.json"))).RootElement;

    [Fact]
    public void Log_probabilities_and_entropies_equal_the_reference()
    {
        var sampler = new CategoricalSampler(5);
        var actions = Numbers("actions");
        for (var row = 0; row < actions.Length; row++)
        {
            Assert.Equal(Numbers("old_logprob")[row], sampler.LogProbability(Row("old_logits", row), [], (int)actions[row]), 1e-5);
            Assert.Equal(Numbers("new_logprob")[row], sampler.LogProbability(Row("logits", row), [], (int)actions[row]), 1e-5);
            Assert.Equal(Numbers("entropy")[row], sampler.Entropy(Row("logits", row), []), 1e-5);
        }
    }

    [Fact]
    public void Samples_are_distributed_as_the_logits_say()
    {
        const int draws = 200_000;
        float[] logits = [0.5f, -1, 2, 0, -30];
        var counts = Counts(logits, [], draws);
        var total = logits.Sum(l => Math.Exp(l));
        var chiSquare = Enumerable.Range(0, 4).Sum(a =>
        {
            var expected = draws * Math.Exp(logits[a]) / total;
            return (counts[a] - expected) * (counts[a] - expected) / expected;
        });
        Assert.InRange(chiSquare, 0.1, 16.3); // 3 degrees of freedom: 0.1 % above 16.27
        Assert.Equal(0, counts[4]);           // e⁻³⁰
    }

    [Fact]
    public void Forbidden_actions_are_never_taken_and_the_others_share_their_probability()
    {
        float[] logits = [3, 1, 1, 9];
        float[] mask = [0, 1, 1, 0];
        var counts = Counts(logits, mask, 10_000);
        Assert.Equal((0, 0), (counts[0], counts[3]));
        Assert.InRange(counts[1], 4_800, 5_200); // deviation 50
        var sampler = new CategoricalSampler(4);
        Assert.Equal(Math.Log(0.5), sampler.LogProbability(logits, mask, 1), 12);
        Assert.Equal(double.NegativeInfinity, sampler.LogProbability(logits, mask, 3));
        Assert.Equal(Math.Log(2), sampler.Entropy(logits, mask), 12);
    }

    [Fact]
    public void The_reported_log_probability_is_that_of_the_action_taken()
    {
        var sampler = new CategoricalSampler(3);
        float[] logits = [1, 2, 3, -1, 0, 1, 5, 5, 5];
        float[] mask = [1, 1, 0, 1, 1, 1, 0, 1, 1];
        var random = RandomKey.FromSeed(4).Stream();
        var (chosen, logProbabilities) = (new float[3], new float[3]);
        for (var i = 0; i < 50; i++)
        {
            sampler.Sample(logits, mask, ref random, chosen, logProbabilities);
            for (var row = 0; row < 3; row++)
            {
                var span = (row * 3)..((row * 3) + 3);
                Assert.Equal((float)sampler.LogProbability(logits[span], mask[span], (int)chosen[row]), logProbabilities[row]);
            }
        }
    }

    [Fact]
    public void One_draw_is_used_for_each_row_in_order()
    {
        var sampler = new CategoricalSampler(2);
        float[] logits = [0, 0, 0, 0, 0, 0, 0, 0];
        var random = RandomKey.FromSeed(9).Stream();
        var copy = random;
        var chosen = new float[4];
        sampler.Sample(logits, [], ref random, chosen, []);
        float[] expected = [.. Enumerable.Range(0, 4).Select(_ => copy.NextDouble() < 0.5 ? 0f : 1f)];
        Assert.Equal(expected, chosen);
        Assert.Equal(copy.State, random.State);
    }

    [Fact]
    public void The_likeliest_allowed_action_is_taken_and_the_first_of_equals()
    {
        var sampler = new CategoricalSampler(4);
        var (chosen, logProbabilities) = (new float[3], new float[3]);
        sampler.Likeliest([0, 3, 3, 1, 9, 3, 3, 1, -5, -6, -7, -4], [1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0], chosen, logProbabilities);
        Assert.Equal([1, 2, 0], chosen);
        Assert.Equal((float)sampler.LogProbability([9, 3, 3, 1], [0, 0, 1, 1], 2), logProbabilities[1]);
    }

    [Fact]
    public void Huge_logits_are_no_problem()
    {
        var sampler = new CategoricalSampler(3);
        Assert.Equal(0, sampler.LogProbability([3e38f, 0, -3e38f], [], 0));
        Assert.Equal(-Math.Log(2), sampler.LogProbability([-1e30f, -1e30f, -3e38f], [], 1), 12);
        Assert.Equal(0, sampler.Entropy([3e38f, 0, -3e38f], []), 12);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(0, float.NaN)]
    [InlineData(float.PositiveInfinity, 0)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    public void A_diverged_policy_is_reported(float first, float second)
    {
        var sampler = new CategoricalSampler(2);
        var random = RandomKey.FromSeed(1).Stream();
        Assert.Throws<ArithmeticException>(() => sampler.Sample([first, second], [], ref random, new float[1], new float[1]));
        Assert.Throws<ArithmeticException>(() => sampler.Likeliest([first, second], [], new float[1], new float[1]));
    }

    [Fact]
    public void A_world_that_forbids_everything_is_reported()
    {
        var sampler = new CategoricalSampler(2);
        Assert.Throws<InvalidOperationException>(() => sampler.Likeliest([1, 2], [0, 0], new float[1], new float[1]));
    }

    private static int[] Counts(float[] logits, float[] mask, int draws)
    {
        var sampler = new CategoricalSampler(logits.Length);
        var random = RandomKey.FromSeed(11).Stream();
        var counts = new int[logits.Length];
        var chosen = new float[1];
        for (var i = 0; i < draws; i++)
        {
            sampler.Sample(logits, mask, ref random, chosen, []);
            counts[(int)chosen[0]]++;
        }

        return counts;
    }

    private static double[] Numbers(string name) => [.. Reference.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static float[] Row(string name, int row) => [.. Reference.GetProperty(name)[row].EnumerateArray().Select(e => e.GetSingle())];
}
