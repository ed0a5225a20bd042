using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Policies.Tests.Agents;

/// <summary>How agents in a box choose: bounds, noise, schedules, random beginnings.</summary>
public class BoxBehaviourTests
{
    private const int Copies = 20_000;
    private static readonly Box Action = new(2, -1, 3); // normal a is 1 + 2 a

    [Fact]
    public void Without_noise_an_action_is_the_tanh_of_the_output_stretched_to_the_bounds()
    {
        var behaviour = new DeterministicBehaviour(new(NoiseStart: 0.5, NoiseEnd: 0.5), Context(isGreedy: true), Action, Copies);
        var chosen = Choose(behaviour, [0.25f, -40]);
        Assert.Equal(1 + (2 * Math.Tanh(0.25)), chosen[0], 1e-6);
        Assert.Equal(-1, chosen[1]);
    }

    [Fact]
    public void Noise_has_its_deviation_and_is_cut_to_the_bounds()
    {
        var behaviour = new DeterministicBehaviour(new(NoiseStart: 0.2, NoiseEnd: 0.2), Context(), Action, Copies);
        var chosen = Choose(behaviour, [0, 3]);
        var (mean, deviation) = Moments(chosen.Where((_, i) => i % 2 == 0));
        Assert.Equal(1, mean, 0.012); // 4 standard errors
        Assert.Equal(2 * 0.2, deviation, 0.01);
        Assert.Equal(0.5, chosen.Where((_, i) => i % 2 == 1).Count(a => a == 3) / (double)Copies, 0.05); // tanh 3 is nearly 1
        Assert.All(chosen, a => Assert.InRange(a, -1, 3));
    }

    [Fact]
    public void The_deviation_changes_in_a_straight_line_over_environment_steps()
    {
        var behaviour = new DeterministicBehaviour(new(NoiseStart: 1, NoiseEnd: 0.2, NoiseSteps: 1000), Context(), Action, copies: 10);
        Assert.All(
            new (Stamp, double)[] { (new(0), 1), (new(0, 5), 0.96), (new(2), 0.6), (new(9), 0.2) }, // 25 vector steps an update
            pair => Assert.Equal(pair.Item2, behaviour.Deviation(pair.Item1), 1e-9));
    }

    [Fact]
    public void A_soft_agent_samples_the_squashed_normal_distribution()
    {
        var chosen = Choose(new SquashedGaussianBehaviour(new(), Context(), Action, Copies), [0.5f, -1, -0.7f, 0.3f]);
        foreach (var (component, mean, spread) in new[] { (0, 0.5, -0.7), (1, -1.0, 0.3) })
        {
            var (found, deviation) = Moments(chosen.Where((_, i) => i % 2 == component).Select(a => (float)Math.Atanh(Math.Clamp((a - 1) / 2, -0.9999999, 0.9999999))));
            Assert.Equal(mean, found, 0.04);
            Assert.Equal(Math.Exp(spread), deviation, 0.03);
        }

        var greedy = Choose(new SquashedGaussianBehaviour(new(), Context(isGreedy: true), Action, Copies), [0.5f, -1, -0.7f, 0.3f]);
        Assert.Equal(1 + (2 * Math.Tanh(0.5)), greedy[0], 1e-6);
        Assert.Single(greedy.Where((_, i) => i % 2 == 0).Distinct());
    }

    [Fact]
    public void The_first_steps_are_uniform_in_training_only()
    {
        foreach (var (warm, trained) in new (IBehaviour, IBehaviour)[]
        {
            (new SquashedGaussianBehaviour(new(Warmup: long.MaxValue), Context(), Action, Copies), new SquashedGaussianBehaviour(new(Warmup: long.MaxValue), Context(isGreedy: true), Action, Copies)),
            (new DeterministicBehaviour(new(Warmup: long.MaxValue), Context(), Action, Copies), new DeterministicBehaviour(new(Warmup: long.MaxValue), Context(isGreedy: true), Action, Copies)),
        })
        {
            float[] outputs = warm is SquashedGaussianBehaviour ? [9, 9, 0, 0] : [9, 9];
            var (mean, deviation) = Moments(Choose(warm, outputs));
            Assert.Equal(1, mean, 0.025);
            Assert.Equal(4 / Math.Sqrt(12), deviation, 0.02);
            Assert.All(Choose(trained, outputs), a => Assert.Equal(3, a, 1e-4f));
        }
    }

    [Fact]
    public void A_discrete_agent_begins_as_if_it_knew_nothing_and_then_samples()
    {
        foreach (var (warmup, share) in new[] { (long.MaxValue, 0.5), (0, 1 / (1 + Math.Exp(-2))) })
        {
            var step = Message.Create(StepMessages.Layout(Copies, new("agent-0", new Box(1), new Discrete(2)), fixedRoster: true, anyEnded: false), new(3, 4)).Seal();
            var chosen = new float[Copies];
            new WarmBehaviour(new(Warmup: warmup), Context(), 2, Copies).Choose(step, Enumerable.Range(0, Copies * 2).Select(i => i % 2 * 2f).ToArray(), chosen, []);
            Assert.Equal(share, chosen.Average(), 0.015);
        }
    }

    [Fact]
    public void Outputs_that_are_no_numbers_are_refused() =>
        Assert.Throws<ArithmeticException>(() => Choose(new DeterministicBehaviour(new(), Context(), Action, Copies), [float.NaN, 0]));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(-7.0)]
    [InlineData(30.0)]
    public void The_squash_has_the_values_of_the_library(double x)
    {
        Assert.Equal(Math.Tanh(x), Squash.Tanh(x), 1e-15);
        Assert.Equal(-2 * (Math.Abs(x) + Math.Log((1 + Math.Exp(-2 * Math.Abs(x))) / 2)), Squash.LogSlope(x), 1e-12);
        Assert.Equal(0.5f, Squash.Into(Action).Normal(Squash.Into(Action).Stretch(0.5)));
    }

    private static StageContext Context(bool isGreedy = false) => new()
    {
        Stage = "team",
        Key = new(5),
        Iteration = 25,
        Greedy = isGreedy,
        Purpose = isGreedy ? Purpose.Evaluation : Purpose.Training,
        Types = new(new Dictionary<string, Values<PortType>>(), new Dictionary<string, Values<PortType>>()),
    };

    private static float[] Choose(IBehaviour behaviour, float[] outputs)
    {
        var step = Message.Create(StepMessages.Layout(Copies, new AgentSpec("agent-0", new Box(1), Action), fixedRoster: true, anyEnded: false), new(3, 4));
        var chosen = new float[Copies * Action.Length];
        behaviour.Choose(step.Seal(), Enumerable.Repeat(outputs, Copies).SelectMany(o => o).ToArray(), chosen, []);
        return chosen;
    }

    private static (double Mean, double Deviation) Moments(IEnumerable<float> values)
    {
        var all = values.ToArray();
        var mean = all.Average(v => (double)v);
        return (mean, Math.Sqrt(all.Average(v => (v - mean) * (v - mean))));
    }
}
