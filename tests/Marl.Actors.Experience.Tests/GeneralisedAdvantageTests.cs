using System.Text.Json;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Experience.Tests;

public class GeneralisedAdvantageTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden.Read("gae.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Advantages_and_targets_equal_the_reference(int index)
    {
        var reference = Golden.Read("gae.json")[index];
        var (rewards, values, discounts) = Inputs(reference);
        var length = rewards.Length;
        var gamma = discounts.Max();
        var terminated = discounts.Select(d => d == 0 ? 1f : 0f).ToArray();
        var next = new float[length];
        GeneralisedAdvantage.NextValues(values.AsSpan(0, length), values.AsSpan(length), [], [], next);

        var advantages = new float[length];
        GeneralisedAdvantage.Advantages(
            1, rewards, values.AsSpan(0, length), next, terminated, new float[length], gamma, reference.GetProperty("lam").GetDouble(), advantages);
        var targets = new float[length];
        GeneralisedAdvantage.Targets(advantages, values.AsSpan(0, length), targets);

        Golden.Equal(reference.GetProperty("advantages").Floats(), advantages);
        Golden.Equal(reference.GetProperty("returns").Floats(), targets);
    }

    [Fact]
    public void Columns_do_not_mix()
    {
        var random = new Random(1);
        float[] Draw() => [.. Enumerable.Range(0, 12).Select(_ => random.NextSingle())]; // [T, B] = [4, 3]
        var (rewards, values, next) = (Draw(), Draw(), Draw());
        float[] terminated = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0];
        float[] truncated = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
        var together = new float[12];
        GeneralisedAdvantage.Advantages(3, rewards, values, next, terminated, truncated, 0.9, 0.8, together);

        for (var column = 0; column < 3; column++)
        {
            float[] Column(float[] matrix) => [.. Enumerable.Range(0, 4).Select(t => matrix[(t * 3) + column])];
            var alone = new float[4];
            GeneralisedAdvantage.Advantages(1, Column(rewards), Column(values), Column(next), Column(terminated), Column(truncated), 0.9, 0.8, alone);
            Assert.Equal(Column(together), alone);
        }
    }

    [Fact]
    public void A_time_limit_bootstraps_from_the_final_state_and_a_terminal_state_does_not()
    {
        // T = 3, B = 2; both columns end at t = 1: column 0 by a terminal state, column 1 by the time limit.
        float[] values = [1, 1, 2, 2, 3, 3];
        float[] lastValues = [4, 4];
        var next = new float[6];
        GeneralisedAdvantage.NextValues(values, lastValues, [2, 3], [10, 20], next);
        Assert.Equal([2, 2, 10, 20, 4, 4], next);

        float[] terminated = [0, 0, 1, 0, 0, 0];
        float[] truncated = [0, 0, 0, 1, 0, 0];
        var advantages = new float[6];
        GeneralisedAdvantage.Advantages(2, new float[6], values, next, terminated, truncated, 0.5, 0.5, advantages);

        // t = 2: 0.5 · 4 − 3 = −1 for both. t = 1: 0 − 2 = −2, and 0.5 · 20 − 2 = 8; nothing of t = 2 leaks in.
        // t = 0: 0.5 · 2 − 1 = 0, plus 0.25 times the one after.
        Assert.Equal([-0.5f, 2, -2, 8, -1, -1], advantages);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() =>
        GeneralisedAdvantage.Advantages(2, new float[4], new float[4], new float[4], new float[4], new float[3], 0.9, 0.9, new float[4]));

    private static (float[] Rewards, float[] Values, float[] Discounts) Inputs(JsonElement reference) => (
        reference.GetProperty("rewards").Floats(), reference.GetProperty("values_with_bootstrap").Floats(), reference.GetProperty("discounts").Floats());
}
