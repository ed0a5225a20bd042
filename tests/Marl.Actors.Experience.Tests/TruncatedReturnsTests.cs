using System.Text.Json;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Experience.Tests;

public class TruncatedReturnsTests
{
    private const int Columns = 2;

    private static readonly JsonElement Reference = Golden.Read("returns.json");
    private static readonly float[] Rewards = Reference.GetProperty("rewards").TimeMajor();
    private static readonly float[] Discounts = Reference.GetProperty("discounts").TimeMajor();
    private static readonly float[] NextValues = Reference.GetProperty("v_t").TimeMajor();

    [Fact]
    public void Lambda_returns_equal_the_reference()
    {
        var returns = new float[Rewards.Length];
        TruncatedReturns.Lambda(Columns, Rewards, Discounts, NextValues, [], 0.75, returns);
        Golden.Equal(Reference.GetProperty("lambda_0.75").TimeMajor(), returns);
    }

    [Fact]
    public void Discounted_returns_equal_the_reference()
    {
        var returns = new float[Rewards.Length];
        TruncatedReturns.Discounted(Columns, Rewards, Discounts, NextValues, [], returns);
        Golden.Equal(Reference.GetProperty("discounted").TimeMajor(), returns);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void N_step_returns_equal_the_reference(int steps)
    {
        var returns = new float[Rewards.Length];
        TruncatedReturns.NStep(Columns, Rewards, Discounts, NextValues, [], steps, returns);
        Golden.Equal(Reference.GetProperty($"nstep_{steps}").TimeMajor(), returns);
    }

    [Fact]
    public void A_time_limit_bootstraps_and_separates_episodes()
    {
        float[] rewards = [1, 1, 1];
        float[] discounts = [0.5f, 0.5f, 0.5f];
        float[] next = [10, 20, 40];
        float[] truncated = [0, 1, 0];
        var (discounted, nStep, lambda) = (new float[3], new float[3], new float[3]);
        TruncatedReturns.Discounted(1, rewards, discounts, next, truncated, discounted);
        TruncatedReturns.NStep(1, rewards, discounts, next, truncated, 3, nStep);
        TruncatedReturns.Lambda(1, rewards, discounts, next, truncated, 0.5, lambda);

        Assert.Equal([6.5f, 11, 21], discounted); // 1 + 0.5 · 20 = 11 at the limit; 1 + 0.5 · 11 before it
        Assert.Equal([6.5f, 11, 21], nStep);
        Assert.Equal([6.25f, 11, 21], lambda);    // 1 + 0.5 (0.5 · 10 + 0.5 · 11)
    }

    [Fact]
    public void The_lambda_return_is_the_advantage_plus_the_value()
    {
        var random = new Random(2);
        float[] Draw() => [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
        var (rewards, values, lastValues) = (Draw(), Draw(), new float[] { 1, 2, 3, 4 });
        var truncated = Enumerable.Range(0, 40).Select(i => i % 7 == 3 ? 1f : 0f).ToArray();
        var (next, advantages, targets, returns) = (new float[40], new float[40], new float[40], new float[40]);
        GeneralisedAdvantage.NextValues(values, lastValues, [3, 10], [0.5f, 0.25f], next);
        GeneralisedAdvantage.Advantages(4, rewards, values, next, new float[40], truncated, 0.9, 0.7, advantages);
        GeneralisedAdvantage.Targets(advantages, values, targets);
        TruncatedReturns.Lambda(4, rewards, [.. Enumerable.Repeat(0.9f, 40)], next, truncated, 0.7, returns);

        Golden.Equal(targets, returns);
    }
}
