using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Policies.Tests.Agents;

public class EpsilonGreedyTests
{
    private const int Actions = 4;
    private const int Copies = 30_000;
    private static readonly ValueOptions Half = new(EpsilonStart: 0.5, EpsilonEnd: 0.5);

    [Fact]
    public void The_best_action_is_taken_unless_any_is()
    {
        var shares = Shares(new EpsilonGreedyBehaviour(Half, Context(), Actions, Copies), [], [0, 3, 1, 2]);
        Assert.Equal(0.5 + (0.5 / 4), shares[1], 0.012); // 4 standard errors
        Assert.Equal(0.5 / 4, shares[0], 0.008);
    }

    [Fact]
    public void Forbidden_actions_are_never_taken_and_the_others_equally_often()
    {
        var mask = Enumerable.Range(0, Copies).SelectMany(_ => new float[] { 1, 0, 1, 1 }).ToArray();
        var shares = Shares(new EpsilonGreedyBehaviour(Half, Context(), Actions, Copies), mask, [0, 3, 1, 2]);
        Assert.Equal(0, shares[1]);
        Assert.Equal(0.5 + (0.5 / 3), shares[3], 0.012);
        Assert.Equal(0.5 / 3, shares[0], 0.009);
    }

    [Fact]
    public void Epsilon_falls_in_a_straight_line_over_environment_steps()
    {
        var behaviour = new EpsilonGreedyBehaviour(new(EpsilonStart: 1, EpsilonEnd: 0.2, EpsilonSteps: 1000), Context(), Actions, copies: 10);
        Assert.Equal([1, 0.96, 0.6, 0.2, 0.2], new Stamp[] { new(0), new(0, 5), new(2), new(4), new(9) }.Select(behaviour.Epsilon), new Near()); // 25 vector steps an update
    }

    [Fact]
    public void Evaluation_is_greedy_or_uses_the_last_epsilon()
    {
        var options = new ValueOptions(EpsilonStart: 1, EpsilonEnd: 0.2);
        Assert.Equal(0, new EpsilonGreedyBehaviour(options, Context() with { Purpose = Purpose.Evaluation, Greedy = true }, Actions, 1).Epsilon(new(0)));
        Assert.Equal(0.2, new EpsilonGreedyBehaviour(options, Context() with { Purpose = Purpose.Evaluation }, Actions, 1).Epsilon(new(0)));
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 2, 0 }, new float[0], 1)]
    [InlineData(new float[] { 1, 2, 2, 0 }, new float[] { 1, 0, 0, 1 }, 0)]
    [InlineData(new float[] { -5, -7, -9, -6 }, new float[] { 0, 1, 1, 1 }, 3)]
    public void The_first_of_the_greatest_allowed_values_is_best(float[] values, float[] mask, int best) => Assert.Equal(best, ActionValues.Best(values, mask));

    [Fact]
    public void Values_that_are_no_numbers_and_masks_that_allow_nothing_are_refused()
    {
        Assert.Throws<ArithmeticException>(() => ActionValues.Best([0, float.NaN], []));
        Assert.Throws<InvalidOperationException>(() => ActionValues.Best([0, 1], [0, 0]));
    }

    private static StageContext Context() => new() { Stage = "team", Key = new(5), Iteration = 25, Types = new(new Dictionary<string, Values<PortType>>(), new Dictionary<string, Values<PortType>>()) };

    private static double[] Shares(EpsilonGreedyBehaviour behaviour, float[] mask, float[] values)
    {
        var agent = new AgentSpec("agent-0", new Box(1), new Discrete(Actions), HasMask: mask.Length > 0);
        var step = Message.Create(StepMessages.Layout(Copies, agent, fixedRoster: true, anyEnded: false), new(3, 4));
        mask.CopyTo(step.Write(StepMessages.Mask));
        var (outputs, chosen) = (Enumerable.Range(0, Copies).SelectMany(_ => values).ToArray(), new float[Copies]);
        behaviour.Choose(step.Seal(), outputs, chosen, []);
        return [.. Enumerable.Range(0, Actions).Select(a => chosen.Count(c => c == a) / (double)Copies)];
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double obj) => 0;
    }
}
