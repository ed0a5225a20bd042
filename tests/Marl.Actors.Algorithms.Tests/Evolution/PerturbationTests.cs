using Marl.Actors.Algorithms.Evolution;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Networks;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Evolution;

/// <summary>The shared noise: what it is, who has which, and what is estimated with it.</summary>
public sealed class PerturbationTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);
    private static readonly EvolutionStep Step = new(0.1f, 0.02f, 0, EvolutionOptimiser.Adam, 0.9f, 0.999f, 1e-8f);

    [Fact]
    public void The_two_of_a_pair_lie_on_opposite_sides_of_the_parameters_and_sum_to_nothing()
    {
        var zeros = new float[301];
        for (var pair = 0; pair < 3; pair++)
        {
            var noise = Noise(generation: 5, pair, zeros.Length);
            var (one, other) = (Perturbed(zeros, noise, 2 * pair), Perturbed(zeros, noise, (2 * pair) + 1));
            Assert.All(one.Zip(other), both => Assert.Equal(0f, both.First + both.Second));
            Assert.All(one, entry => Assert.NotEqual(0f, entry));
        }
    }

    [Fact]
    public void Each_pair_generation_and_key_has_noise_of_its_own_and_always_the_same()
    {
        float[][] all = [Noise(0, 0, 8), Noise(0, 1, 8), Noise(1, 0, 8), Noise(0, 0, 8, RandomKey.FromSeed(4))];
        Assert.Equal(all.Length, all.Select(n => string.Join(' ', n)).Distinct().Count());
        Assert.Equal(Noise(7, 9, 33), Noise(7, 9, 33));
        Assert.Equal(Noise(7, 9, 33)[..32], Noise(7, 9, 32)); // an odd length leaves out the last one only
    }

    [Fact]
    public void The_noise_is_standard_normal()
    {
        var noise = Enumerable.Range(0, 200).SelectMany(pair => Noise(0, pair, 1000)).Select(n => (double)n).ToArray();
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(1, noise.Average(n => n * n), 0.01);
        Assert.Equal(0, noise.Average(n => n * n * n), 0.03);
        Assert.Equal(3, noise.Average(n => n * n * n * n), 0.06);
        Assert.Equal(0.6827, noise.Average(n => Math.Abs(n) < 1 ? 1.0 : 0.0), 0.005);
    }

    /// <summary>g = 1 / (n σ) Σ F_i ε_i, member by member in double precision, with ε_i taken from what the member has.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(50)]
    public void The_estimate_is_the_straightforward_sum_over_members(int members)
    {
        var network = new NetworkSpec(3, [5], 2, Activation.Tanh);
        var search = new EvolutionSearch(network);
        search.Begin(Key, Step);
        var random = new RandomKey(8).Stream();
        var worth = Enumerable.Range(0, members).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var expected = new double[network.Parameters];
        var perturbed = new float[network.Parameters];
        for (var member = 0; member < members; member++)
        {
            search.Member(0, member, perturbed);
            for (var i = 0; i < expected.Length; i++)
            {
                var epsilon = (perturbed[i] - (double)search.Values[i]) / Step.Sigma;
                expected[i] += worth[member] * epsilon / (members * Step.Sigma);
            }
        }

        var gradient = new float[network.Parameters];
        var differences = Enumerable.Range(0, members / 2).Select(p => worth[2 * p] - worth[(2 * p) + 1]).ToArray();
        Perturbations.Gradient(Key, 0, differences, Step.Sigma, new float[network.Parameters], gradient);
        Assert.All(expected.Zip(gradient), both => Assert.Equal(both.First, both.Second, 2e-5));
        Assert.Contains(expected, g => Math.Abs(g) > 0.01);
    }

    /// <summary>Of F(θ) = a · θ the gradient is a, whatever σ; the estimate is without bias and its error falls with the root of the pairs.</summary>
    [Fact]
    public void The_estimate_of_a_plane_is_its_slope()
    {
        const int Pairs = 40_000;
        const float Sigma = 0.3f;
        float[] slope = [1, -2, 0, 0.5f, 3];
        var worth = Enumerable.Range(0, Pairs).Select(pair => Noise(0, pair, slope.Length) is var noise ? 2 * Sigma * slope.Zip(noise, (a, n) => a * n).Sum() : 0).ToArray();
        var gradient = new float[slope.Length];
        Perturbations.Gradient(Key, 0, worth, Sigma, new float[slope.Length], gradient);
        Assert.All(slope.Zip(gradient), both => Assert.Equal(both.First, both.Second, 0.08)); // 4 standard errors
    }

    [Fact]
    public void A_key_travels_in_four_numbers()
    {
        Span<float> numbers = stackalloc float[4];
        foreach (var value in new ulong[] { 0, 1, ulong.MaxValue, 0xFFFF_0000_8000_0001, Key.Value })
        {
            EvolutionKey.Write(new(value), numbers);
            Assert.Equal(new RandomKey(value), EvolutionKey.Read(numbers));
        }
    }

    [Fact]
    public void A_step_travels_as_it_is()
    {
        var step = new EvolutionStep(0.1f, 0.3f, 1e-7f, EvolutionOptimiser.Momentum, 0.7f, 0.99f, 1e-9f);
        Span<float> numbers = stackalloc float[GenerationMessages.StepLength];
        step.Write(numbers);
        Assert.Equal(step, EvolutionStep.Read(numbers));
    }

    private static float[] Noise(long generation, int pair, int length, RandomKey? key = null)
    {
        var noise = new float[length];
        Perturbations.Fill(key ?? Key, generation, pair, noise);
        return noise;
    }

    private static float[] Perturbed(float[] values, float[] noise, int member)
    {
        var perturbed = new float[values.Length];
        Perturbations.Apply(values, noise, member, Step.Sigma, perturbed);
        return perturbed;
    }
}
