using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>A critic that says V(x) = 2x, on two steps of one copy that pay 1 and 10, with γ = 0.5 and λ = 0.5.</summary>
public sealed class CriticTests
{
    private static readonly PpoOptions Options = new(
        Gamma: 0.5, Lambda: 0.5, NormaliseAdvantages: false, ValueNormalisation: ValueNormalisation.None);

    private static readonly PolicySpec Seen = new("team", new(1, [], 2, Activation.Relu), new Box(1), new Discrete(2));

    [Fact]
    public void Within_an_episode_the_advantage_is_the_decayed_sum_of_residuals()
    {
        // δ₁ = 10 + ½·2·5 − 2·3 = 9, δ₀ = 1 + ½·2·3 − 2·1 = 2
        Assert.Equal([2 + (0.25f * 9), 9], Advantages(terminated: [0, 0], truncated: [0, 0]));
    }

    [Fact]
    public void A_terminal_state_is_worth_nothing_and_ends_the_sum()
    {
        // δ₀ = 1 − 2·1 = −1
        Assert.Equal([-1, 9], Advantages(terminated: [1, 0], truncated: [0, 0], finals: [(0, 7)]));
    }

    [Fact]
    public void A_time_limit_ends_the_sum_but_not_the_value_of_the_final_observation()
    {
        // δ₀ = 1 + ½·2·7 − 2·1 = 6
        Assert.Equal([6, 9], Advantages(terminated: [0, 0], truncated: [1, 0], finals: [(0, 7)]));
    }

    [Fact]
    public void The_last_step_bootstraps_from_its_own_final_observation_too()
    {
        // δ₁ = 10 + ½·2·7 − 2·3 = 11, not from the first observation of the next episode
        Assert.Equal([2 + (0.25f * 11), 11], Advantages(terminated: [0, 0], truncated: [0, 1], finals: [(1, 7)]));
    }

    [Theory]
    [InlineData(StateView.Joint)]
    [InlineData(StateView.PerAgent)]
    public void A_central_critic_bootstraps_from_the_final_state(StateView view)
    {
        var batch = new Batch([Rollout([0, 0], [1, 0], [(0, 7)])], [State(view, 1, null), State(view, 3, 7), State(view, 5, null)]);
        Assert.Equal([6, 9], Advantages(batch, new StateTable(1, 1), Options));
    }

    [Theory]
    [InlineData(RewardShare.Own, new[] { 1f, 10, 100, 1000 })]
    [InlineData(RewardShare.TeamMean, new[] { 50.5f, 505, 50.5f, 505 })]
    [InlineData(RewardShare.TeamSum, new[] { 101f, 1010, 101, 1010 })]
    public void Columns_learn_from_own_or_shared_rewards(RewardShare share, float[] expected)
    {
        var batch = new Batch([Rollout([1, 1], [0, 0], [(0, 7), (1, 7)]), Rollout([1, 1], [0, 0], [(0, 7), (1, 7)], scale: 100)], []);
        var options = Options with { Reward = share };
        var table = new ObservationTable([0, 1], Seen);
        table.Fill(batch);
        using var critic = Critic(table, [[0], [1]]);
        critic.Judge(batch, options, new PpoFigures());
        float[] values = [2, 6, 2, 6];
        Assert.Equal(expected, critic.Advantages(0).ToArray().Concat(critic.Advantages(1).ToArray()).Zip(values, (a, v) => a + v));
    }

    [Fact]
    public void The_loss_pulls_the_values_to_the_targets()
    {
        var batch = new Batch([Rollout([0, 0], [0, 0], [])], []);
        var table = new ObservationTable([0], Seen);
        table.Fill(batch);
        var parameters = new FlatParameters(2);
        parameters.Change()[0] = 2;
        using var network = Backend.Fused.Network(new(1, [], 1, Activation.Relu), parameters, 0, 8, ComputeDevice.Cpu);
        using var critic = new Critic(table, network, [[0]], 2, 8, ValueNormalisation.None);
        critic.Judge(batch, Options, new PpoFigures());

        // the error of each step is minus its advantage: −4.25 at x = 1, −9 at x = 3
        var loss = critic.Learn([0, 1], new ValueLoss(1, 0));
        Assert.Equal(((4.25 * 4.25) + (9 * 9)) / 4, loss, 5);
        Assert.Equal((-4.25f - (9 * 3)) / 2, parameters.Gradients[0], 4);
        Assert.Equal((-4.25f - 9) / 2, parameters.Gradients[1], 4);
    }

    [Theory]
    [InlineData(ValueNormalisation.Running)]
    [InlineData(ValueNormalisation.Exponential)]
    public void Normalised_values_go_there_and_back(ValueNormalisation kind)
    {
        var scale = new ValueScale(kind);
        scale.Update([-30, -20, -10]);
        float[] values = [-30, -20, -10];
        scale.Normalise(values);
        Assert.InRange(values[2], 1.2, 1.25);
        scale.Denormalise(values);
        Assert.Equal([-30f, -20, -10], values.Select(v => MathF.Round(v, 3)));
    }

    private static float[] Advantages(float[] terminated, float[] truncated, params (int Step, float Observation)[] finals) =>
        Advantages(new([Rollout(terminated, truncated, finals)], []), new ObservationTable([0], Seen), Options);

    private static float[] Advantages(Batch batch, InputTable table, PpoOptions options)
    {
        table.Fill(batch);
        using var critic = Critic(table, [[0]]);
        critic.Judge(batch, options, new PpoFigures());
        return critic.Advantages(0).ToArray();
    }

    private static Critic Critic(InputTable table, int[][] columns)
    {
        var parameters = new FlatParameters(2);
        parameters.Change()[0] = 2;
        var network = Backend.Fused.Network(new(1, [], 1, Activation.Relu), parameters, 0, 8 * table.Rows, ComputeDevice.Cpu);
        return new(table, network, columns, 2, 8, ValueNormalisation.None);
    }

    private static Message Rollout(float[] terminated, float[] truncated, (int Step, float Observation)[] finals, float scale = 1)
    {
        var message = Message.Create(RolloutMessages.Layout(2, 1, new Box(1), new Discrete(2), 0, finals.Length), new(0));
        message.WriteBlock().Clear();
        new float[] { 1, 3 }.CopyTo(message.Write(RolloutMessages.Observation));
        new float[] { scale, 10 * scale }.CopyTo(message.Write(RolloutMessages.Reward));
        terminated.CopyTo(message.Write(RolloutMessages.Terminated));
        truncated.CopyTo(message.Write(RolloutMessages.Truncated));
        message.Write(RolloutMessages.NextObservation)[0] = 5;
        finals.Select(f => (float)f.Step).ToArray().CopyTo(message.Write(RolloutMessages.FinalIndex));
        finals.Select(f => f.Observation).ToArray().CopyTo(message.Write(RolloutMessages.FinalObservation));
        return message.Seal();
    }

    private static Message State(StateView view, float state, float? final)
    {
        var message = Message.Create(StateMessages.Layout(1, view, 1, 1, final is not null), new(0));
        message.Write(StateMessages.State)[0] = state;
        if (final is { } last)
        {
            message.Write(StateMessages.FinalState)[0] = last;
        }

        return message.Seal();
    }
}
