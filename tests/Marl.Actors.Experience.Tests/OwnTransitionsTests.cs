using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Experience.Tests;

/// <summary>Four steps of one copy that pay 1, 2, 4, 8, judged with γ = λ = 0.5; what is seen at step t is worth 10 (t + 1), an end 100.</summary>
public sealed class OwnTransitionsTests
{
    private static readonly float[] Nothing = [0, 0, 0, 0];

    [Fact]
    public void Who_waits_is_paid_for_with_its_last_action_and_discounts_count_its_own_transitions()
    {
        // δ₂ = 4 + 8 + ½·50 − 30 = 7, δ₀ = 1 + 2 + ½·30 − 10 = 8
        Assert.Equal([8 + (0.25f * 7), 0, 7, 0], Advantages([1, 0, 1, 0, 1], Nothing, Nothing, []));
    }

    [Fact]
    public void A_transition_under_way_at_the_end_is_left_out_and_the_one_before_it_bootstraps_from_where_it_begins() =>
        Assert.Equal([8, 0, 0, 0], Advantages([1, 0, 1, 0, 0], Nothing, Nothing, []));

    [Fact]
    public void The_end_of_a_life_is_terminal_and_nothing_later_belongs_to_it()
    {
        // dies in step 1, the episode ends in step 3: 1 + 2 − 10
        Assert.Equal([-7, 0, 0, 0], Advantages([1, 0, 0, 0, 1], [0, 1, 0, 1], Nothing, [1, 3]));
    }

    [Fact]
    public void A_new_life_begins_a_new_sum()
    {
        // δ₂ = 4 + 8 + ½·50 − 30 = 7 does not reach the life before: 1 + 2 − 10
        Assert.Equal([-7, 0, 7, 0], Advantages([1, 0, 1, 0, 1], [0, 1, 0, 0], Nothing, [1]));
    }

    [Fact]
    public void A_time_limit_during_a_wait_cuts_the_transition_but_not_its_value()
    {
        // δ₀ = 1 + 2 + ½·100 − 10 = 43
        Assert.Equal([43, 0, 7, 0], Advantages([1, 0, 1, 0, 1], Nothing, [0, 1, 0, 0], [1]));
    }

    [Fact]
    public void Pay_before_the_first_turn_belongs_to_no_transition()
    {
        var own = new OwnTransitions(4, 1);
        own.Take([0, 0, 1, 0, 1], [1, 2, 4, 8], Nothing, Nothing, []);
        Assert.Equal([0, 0, 12, 0], own.Rewards.ToArray());
        Assert.Equal([false, false, true, false], own.IsOwn.ToArray());
    }

    [Fact]
    public void Who_is_always_active_gets_the_advantages_of_a_fixed_roster()
    {
        var random = new Random(1);
        float[] rewards = [.. Enumerable.Range(0, 12).Select(_ => random.NextSingle())]; // [T, B] = [6, 2]
        float[] values = [.. Enumerable.Range(0, 16).Select(_ => random.NextSingle())];  // steps, behind them, two ends
        float[] terminated = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        float[] truncated = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        var (next, expected, advantages) = (new float[12], new float[12], new float[12]);
        GeneralisedAdvantage.NextValues(values.AsSpan(0, 12), values.AsSpan(12, 2), [2, 5], values.AsSpan(14), next);
        GeneralisedAdvantage.Advantages(2, rewards, values.AsSpan(0, 12), next, terminated, truncated, 0.9, 0.8, expected);
        var own = new OwnTransitions(12, 2);
        own.Take([.. Enumerable.Repeat(1f, 14)], rewards, terminated, truncated, [2, 5]);
        own.Advantages(values, 0.9, 0.8, advantages);
        Assert.Equal(expected, advantages);

        float[] discounts = [.. terminated.Select(t => 0.9f * (1 - t))];
        var returns = new float[12];
        TruncatedReturns.NStep(2, rewards, discounts, next, truncated, 2, expected);
        own.Returns(values, 0.9, 2, returns);
        Assert.Equal(expected.Select(r => MathF.Round(r, 5)), returns.Select(r => MathF.Round(r, 5)));
    }

    [Theory]
    [InlineData(1, 3 + 15, 12 + 25)]
    [InlineData(2, 3 + 6 + 12.5f, 12 + 25)]
    [InlineData(9, 3 + 6 + 12.5f, 12 + 25)]
    public void Returns_of_n_steps_count_own_transitions(int count, float first, float second)
    {
        var own = new OwnTransitions(4, 1);
        own.Take([1, 0, 1, 0, 1], [1, 2, 4, 8], Nothing, Nothing, []);
        var returns = new float[4];
        own.Returns([10, 20, 30, 40, 50], 0.5, count, returns);
        Assert.Equal([first, 0, second, 0], returns);
    }

    private static float[] Advantages(float[] active, float[] terminated, float[] truncated, float[] finals)
    {
        var own = new OwnTransitions(4, 1);
        own.Take(active, [1, 2, 4, 8], terminated, truncated, finals);
        var advantages = new float[4];
        own.Advantages([10, 20, 30, 40, 50, .. finals.Select(_ => 100f)], 0.5, 0.5, advantages);
        return advantages;
    }
}
