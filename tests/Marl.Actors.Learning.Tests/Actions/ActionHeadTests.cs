using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Actions;

namespace Marl.Actors.Learning.Tests.Actions;

public class ActionHeadTests
{
    private static readonly float[] Weights = [0.7f, -1.3f]; // of a loss that is linear in the action
    private const double LogWeight = 0.4;

    [Theory]
    [InlineData(0.3f, -0.8f)]
    [InlineData(-2.5f, 1.9f)]
    public void The_deterministic_action_has_its_gradient(float first, float second) =>
        HasGradient(new DeterministicHead(2), [first, second], [], 0);

    [Theory]
    [InlineData(0.3f, -0.8f, -1f, 0.5f)]
    [InlineData(-1.5f, 1.2f, 0.1f, -3f)]
    public void The_squashed_normal_action_and_its_density_have_their_gradient(float first, float second, float spread, float other) =>
        HasGradient(new SquashedGaussianHead(2), [first, second, spread, other], [0.6f, -1.1f], LogWeight);

    [Fact]
    public void A_deviation_at_its_bound_has_no_gradient()
    {
        var gradient = new float[2];
        new SquashedGaussianHead(1).Differentiate([0.1f, 3f], [], [0.5f], [1f], LogWeight, gradient);
        Assert.NotEqual(0, gradient[0]);
        Assert.Equal(0, gradient[1]);
    }

    [Theory]
    [InlineData(0.3f, -0.7f)]
    [InlineData(-1f, 0.4f)]
    [InlineData(4f, -2f)]
    public void The_density_of_the_squashed_normal_integrates_to_one(float mean, float spread)
    {
        // p(a) da = p(tanh u) (1 − tanh² u) du, with u = μ + σ ε
        var head = new SquashedGaussianHead(1);
        var (deviation, sum, action) = (Math.Exp(spread), 0.0, new float[1]);
        for (var noise = -8.0; noise < 8; noise += 1 / 64.0)
        {
            var density = Math.Exp(head.Act([mean, spread], [], [(float)noise], action));
            var draw = mean + (deviation * noise);
            Assert.Equal(Math.Tanh(draw), action[0], 1e-6);
            sum += density / (Math.Cosh(draw) * Math.Cosh(draw)) * deviation / 64;
        }

        Assert.Equal(1, sum, 1e-5);
    }

    [Fact]
    public void Gumbel_noise_makes_the_greatest_logit_a_sample_of_the_distribution()
    {
        const int draws = 40_000;
        var head = new GumbelHead(3, 1);
        float[] logits = [(float)Math.Log(0.2), (float)Math.Log(0.5), (float)Math.Log(0.3)];
        var (noise, action, counts, allowed) = (new float[3], new float[3], new double[3], new double[3]);
        var random = RandomKey.FromSeed(8).Stream();
        for (var i = 0; i < draws; i++)
        {
            head.Draw(ref random, noise);
            head.Act(logits, [], noise, action);
            Assert.Equal(1, action.Sum());
            counts[Array.IndexOf(action, 1)] += 1.0 / draws;
            head.Act(logits, [1, 0, 1], noise, action);
            allowed[Array.IndexOf(action, 1)] += 1.0 / draws;
        }

        Assert.Equal(0.2, counts[0], 0.01); // 5 standard errors
        Assert.Equal(0.5, counts[1], 0.0125);
        Assert.Equal(0, allowed[1]);
        Assert.Equal(0.4, allowed[0], 0.0125);
    }

    [Theory]
    [InlineData(1.0, new float[0])]
    [InlineData(0.5, new float[0])]
    [InlineData(2.0, new[] { 1f, 0f, 1f })]
    public void Through_the_hard_action_goes_the_gradient_of_the_soft_one(double temperature, float[] mask)
    {
        float[] logits = [0.4f, -0.2f, 1.1f], noise = [0.1f, 1.5f, -0.3f], weights = [0.7f, -1.3f, 2f];
        var gradient = new float[3];
        new GumbelHead(3, temperature).Differentiate(logits, mask, noise, weights, 0, gradient);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((Loss(i, 1e-5) - Loss(i, -1e-5)) / 2e-5, gradient[i], 1e-5);
        }

        double Loss(int moved, double step)
        {
            var soft = logits.Select((l, i) => mask.Length > 0 && mask[i] == 0 ? 0 : Math.Exp((l + noise[i] + (i == moved ? step : 0)) / temperature)).ToArray();
            return soft.Select((s, i) => s * weights[i]).Sum() / soft.Sum();
        }
    }

    private static void HasGradient(IActionHead head, float[] outputs, float[] noise, double logWeight)
    {
        var gradient = new float[head.Outputs];
        head.Differentiate(outputs, [], noise, Weights, logWeight, gradient);
        const float step = 1 / 1024f;
        for (var i = 0; i < outputs.Length; i++)
        {
            float[] above = [.. outputs], below = [.. outputs];
            above[i] += step;
            below[i] -= step;
            Assert.Equal((Loss(above) - Loss(below)) / (2 * step), gradient[i], 1e-3);
        }

        double Loss(float[] moved)
        {
            var action = new float[head.Width];
            var logDensity = head.Act(moved, [], noise, action);
            return (Weights[0] * action[0]) + (Weights[1] * action[1]) + (logWeight * logDensity);
        }
    }
}
