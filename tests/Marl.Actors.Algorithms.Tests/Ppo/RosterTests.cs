using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>
/// Two agents that act in turns for four steps of one copy: the first at steps 0 and 2, the second at 1 and 3. What an agent
/// sees at step t is t + 1, the critic says V(x) = 2x; γ = λ = 0.5.
/// </summary>
public sealed class RosterTests
{
    private static readonly PpoOptions Options = new(Gamma: 0.5, Lambda: 0.5, NormaliseAdvantages: false, ValueNormalisation: ValueNormalisation.None);

    private static readonly PolicySpec Seen = new("team", new(1, [], 2, Activation.Relu), new Box(1), new Discrete(2));

    // agent 0: δ₂ = 4 + 8 + ½·10 − 6 = 11, δ₀ = 1 + 2 + ½·6 − 2 = 4. agent 1 is paid the negative; its last transition is under way:
    // δ₁ = −2 − 4 + ½·8 − 4 = −6
    private static readonly float[] First = [4 + (0.25f * 11), 0, 11, 0];
    private static readonly float[] Second = [0, -6, 0, 0];

    [Fact]
    public void Each_agent_is_judged_by_its_own_transitions()
    {
        using var critic = Judged(new ObservationTable([0, 1], Seen), outputs: 1, Turns());
        Assert.Equal(First, critic.Advantages(0).ToArray());
        Assert.Equal(Second, critic.Advantages(1).ToArray());
    }

    [Fact]
    public void Critics_learn_at_own_transitions_only()
    {
        var parameters = new FlatParameters(2);
        using var critic = Judged(new ObservationTable([0, 1], Seen), outputs: 1, Turns(), parameters);
        var loss = critic.Learn([0, 1, 2, 3], new ValueLoss(1, 0));

        // errors are minus the advantages: at x = 1 and 3 of agent 0, at x = 2 of agent 1, and nowhere else
        Assert.Equal(((First[0] * First[0]) + (11 * 11) + (6 * 6)) / 6.0, loss, 4);
        Assert.Equal((-First[0] - (11 * 3) + (6 * 2)) / 3, parameters.Gradients[0], 4);
    }

    [Fact]
    public void A_joint_critic_has_no_error_for_those_that_wait()
    {
        var parameters = new FlatParameters(4);
        var batch = Turns([.. Enumerable.Range(0, 5).Select(t => State(t + 1))]);
        using var critic = Judged(new StateTable(1, 1), outputs: 2, batch, parameters);
        Assert.Equal(First, critic.Advantages(0).ToArray());
        critic.Learn([0, 1, 2, 3], new ValueLoss(1, 0));
        Assert.Equal([(-First[0] - (11 * 3)) / 3, 6 * 2 / 3f], parameters.Gradients[..2].ToArray().Select(g => MathF.Round(g, 4)));
    }

    [Fact]
    public void The_end_of_one_life_leaves_the_others_where_they_were()
    {
        // agent 0 dies in step 0 (1 − 2 = −1), agent 1 is cut in step 2, where it saw 7: −2 − 4 + ½·14 − 4 = −3
        var batch = new Batch([Rollout([1, 0, 0, 0, 1], 1, [1, 0, 0, 0], [0, 0, 1, 0], [(0, 50), (2, 60)]), Rollout([0, 1, 0, 0, 1], -1, [0, 0, 0, 0], [0, 0, 1, 0], [(2, 7)])], []);
        using var critic = Judged(new ObservationTable([0, 1], Seen), outputs: 1, batch);
        Assert.Equal([-1, 0, 0, 0], critic.Advantages(0).ToArray());
        Assert.Equal([0, -3, 0, 0], critic.Advantages(1).ToArray());
    }

    [Fact]
    public void A_policy_learns_from_own_transitions_only()
    {
        var table = new ObservationTable([0, 1], Seen);
        var batch = Turns();
        table.Fill(batch);
        var parameters = new FlatParameters(4);
        var network = Backend.Fused.Network(Seen.Network, parameters, 0, 16, ComputeDevice.Cpu);
        using var group = new PolicyGroup(Seen, [0, 1], hasMask: false, 4, 8, table, network);
        group.Fill(batch);
        group.Judge(0, First);
        group.Judge(1, Second);
        var sums = default(PolicySums);
        group.Learn([0, 1, 2, 3], new PolicyLoss(0.2f, 0.5f), ref sums);
        Assert.Equal(3, sums.Rows);
        Assert.Equal(First[0] + First[2] + Second[1], sums.Objective, 4);
    }

    private static Batch Turns(Message[]? states = null) => new(
        [Rollout([1, 0, 1, 0, 1], 1, [0, 0, 0, 0], [0, 0, 0, 0], []), Rollout([0, 1, 0, 1, 0], -1, [0, 0, 0, 0], [0, 0, 0, 0], [])], states ?? []);

    private static Critic Judged(InputTable table, int outputs, Batch batch, FlatParameters? parameters = null)
    {
        parameters ??= new FlatParameters(2 * outputs);
        parameters.Change()[..outputs].Fill(2);
        var network = Backend.Fused.Network(new(1, [], outputs, Activation.Relu), parameters, 0, 8 * table.Rows, ComputeDevice.Cpu);
        var critic = new Critic(table, network, [[0], [1]], 4, 8, ValueNormalisation.None);
        table.Fill(batch);
        critic.Judge(batch, Options, new PpoFigures());
        return critic;
    }

    private static Message Rollout(float[] active, float sign, float[] terminated, float[] truncated, (int Step, float Observation)[] finals)
    {
        var message = Message.Create(RolloutMessages.Layout(4, 1, new Box(1), new Discrete(2), 0, finals.Length, fixedRoster: false), new(0));
        message.WriteBlock().Clear();
        new float[] { 1, 2, 3, 4 }.CopyTo(message.Write(RolloutMessages.Observation));
        new float[] { sign, 2 * sign, 4 * sign, 8 * sign }.CopyTo(message.Write(RolloutMessages.Reward));
        message.Write(RolloutMessages.LogProbability).Fill(MathF.Log(0.5f));
        terminated.CopyTo(message.Write(RolloutMessages.Terminated));
        truncated.CopyTo(message.Write(RolloutMessages.Truncated));
        active.CopyTo(message.Write(RolloutMessages.Active));
        message.Write(RolloutMessages.NextObservation)[0] = 5;
        finals.Select(f => (float)f.Step).ToArray().CopyTo(message.Write(RolloutMessages.FinalIndex));
        finals.Select(f => f.Observation).ToArray().CopyTo(message.Write(RolloutMessages.FinalObservation));
        return message.Seal();
    }

    private static Message State(float state)
    {
        var message = Message.Create(StateMessages.Layout(1, StateView.Joint, 2, 1, anyEnded: false), new(0));
        message.Write(StateMessages.State)[0] = state;
        return message.Seal();
    }
}
