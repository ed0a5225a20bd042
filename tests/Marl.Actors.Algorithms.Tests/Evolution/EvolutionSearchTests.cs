using Marl.Actors.Algorithms.Evolution;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Evolution;

/// <summary>The way that parameters come: from a key and from what pairs were worth, and from nothing else.</summary>
public sealed class EvolutionSearchTests
{
    private static readonly NetworkSpec Network = new(3, [4], 2, Activation.Relu);
    private static readonly RandomKey Key = new(77);

    [Theory]
    [InlineData(EvolutionOptimiser.Adam)]
    [InlineData(EvolutionOptimiser.Momentum)]
    public void Whoever_knows_the_key_and_the_worths_has_the_same_parameters_and_a_saved_one_goes_on_alike(EvolutionOptimiser optimiser)
    {
        var step = Step(optimiser);
        var (one, other) = (Begun(step), Begun(step));
        for (var generation = 0; generation < 6; generation++)
        {
            Assert.Equal(one.Values.ToArray(), other.Values.ToArray());
            one.Advance(step, Worth(generation));
            var snapshot = new StageSnapshot();
            other.Member(generation, 3, new float[Network.Parameters]); // leaves noise behind that must not matter
            other.Save(snapshot, "search");
            other = new(Network);
            other.Load(snapshot, "search");
            Assert.Equal(generation, other.Version);
            other.Advance(step, Worth(generation));
        }

        Assert.Equal(one.Values.ToArray(), other.Values.ToArray());
        Assert.NotEqual(Begun(step).Values.ToArray(), one.Values.ToArray());
    }

    [Fact]
    public void Members_are_the_parameters_with_the_noise_of_their_pair()
    {
        var search = Begun(Step());
        var (noise, perturbed) = (new float[Network.Parameters], new float[Network.Parameters]);
        foreach (var member in new[] { 0, 1, 5, 4, 0 })
        {
            Perturbations.Fill(Key, 2, member / 2, noise);
            search.Member(2, member, perturbed);
            for (var i = 0; i < noise.Length; i++)
            {
                Assert.Equal(search.Values[i] + ((member % 2 == 0 ? 0.1f : -0.1f) * noise[i]), perturbed[i]);
            }
        }
    }

    [Fact]
    public void Momentum_steps_up_along_the_gradient_minus_the_decay()
    {
        var step = Step(EvolutionOptimiser.Momentum) with { WeightDecay = 0.5f };
        var search = Begun(step);
        var (before, gradient) = (search.Values.ToArray(), new float[Network.Parameters]);
        Perturbations.Gradient(Key, 0, Worth(0), step.Sigma, new float[Network.Parameters], gradient);
        search.Advance(step, Worth(0));
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] + (0.02 * 0.1 * (gradient[i] - (0.5 * before[i]))), search.Values[i], 1e-6); // α (1 − β) (g − λ θ)
        }

        Assert.Equal(Norm(gradient), search.GradientNorm, 1e-5);
    }

    [Fact]
    public void The_first_step_of_Adam_is_as_long_as_the_learning_rate_in_each_direction()
    {
        var search = Begun(Step());
        var (before, gradient) = (search.Values.ToArray(), new float[Network.Parameters]);
        Perturbations.Gradient(Key, 0, Worth(0), 0.1f, new float[Network.Parameters], gradient);
        search.Advance(Step(), Worth(0));
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] + (0.02 * Math.Sign(gradient[i])), search.Values[i], 1e-5);
        }
    }

    [Fact]
    public void Where_all_do_equally_well_nothing_moves()
    {
        var search = Begun(Step());
        var before = search.Values.ToArray();
        search.Advance(Step(), new float[4]);
        Assert.Equal(before, search.Values.ToArray());
        Assert.Equal(1, search.Version);
    }

    [Fact]
    public void An_estimate_that_is_not_finite_is_said() =>
        Assert.Contains("generation 0", Assert.Throws<LearningDivergedException>(() => Begun(Step()).Advance(Step(), [float.NaN, 0, 0, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Momentum_keeps_a_running_mean_of_gradients()
    {
        var momentum = new Momentum(2, decay: 0.5);
        float[] values = [1, 1];
        momentum.Step(values, [4, 0], 0.1); // v = 2, 0
        Assert.Equal([0.8f, 1f], values);
        float[] gradients = [0, -8];
        momentum.Step(values, gradients, 0.1); // v = 1, −4
        Assert.Equal([0.7f, 1.4f], values);
        Assert.Equal([0f, 0f], gradients);
    }

    private static EvolutionStep Step(EvolutionOptimiser optimiser = EvolutionOptimiser.Adam) => new(0.1f, 0.02f, 0, optimiser, 0.9f, 0.999f, 1e-8f);

    private static EvolutionSearch Begun(EvolutionStep step)
    {
        var search = new EvolutionSearch(Network);
        search.Begin(Key, step);
        return search;
    }

    private static float[] Worth(int generation) => [0.5f, -0.25f * generation, 0, 1];

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));
}
