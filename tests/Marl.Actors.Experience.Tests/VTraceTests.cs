using System.Text.Json;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Experience.Tests;

public class VTraceTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden.Read("vtrace.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Targets_and_advantages_equal_the_reference(int index)
    {
        var reference = Golden.Read("vtrace.json")[index];
        var (values, discounts) = (reference.GetProperty("values").Floats(), reference.GetProperty("discounts").Floats());
        float[] next = [.. values[1..], Number(reference, "bootstrap")];
        var (targets, advantages) = (new float[values.Length], new float[values.Length]);
        new VTrace(Number(reference, "lam"), Number(reference, "clip_rho"), Number(reference, "clip_pg_rho"))
            .Run(1, reference.GetProperty("rho").Floats(), reference.GetProperty("rewards").Floats(), discounts, values, next, [], targets, advantages);

        Golden.Equal(reference.GetProperty("vs").Floats(), targets);
        Golden.Equal(reference.GetProperty("pg_advantage_paper").Floats(), advantages);
    }

    /// <summary>The sum of section 4.1 as it stands, one start and one column at a time, in double precision.</summary>
    [Theory]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(0.9, 1.0, 1.0)]
    [InlineData(1.0, 2.5, 4.0)]
    public void Episodes_that_end_and_are_cut_equal_the_sum_of_the_paper(double lambda, double clip, double policyClip)
    {
        const int Columns = 3;
        const int Length = 40;
        var random = new Random(5);
        float[] Draw(double from, double to) => [.. Enumerable.Range(0, Columns * Length).Select(_ => (float)(from + ((to - from) * random.NextDouble())))];
        var (ratios, rewards, values, next) = (Draw(0, 3), Draw(-1, 1), Draw(-2, 2), Draw(-2, 2));
        float[] discounts = [.. ratios.Select(_ => random.Next(8) == 0 ? 0 : 0.97f)];
        float[] truncated = [.. discounts.Select(d => d > 0 && random.Next(8) == 0 ? 1f : 0f)];
        for (var i = 0; i < (Length - 1) * Columns; i++)
        {
            next[i] = discounts[i] == 0 || truncated[i] == 1 ? next[i] : values[i + Columns]; // s′ is the next state acted in
        }

        var (targets, advantages) = (new float[ratios.Length], new float[ratios.Length]);
        new VTrace(lambda, clip, policyClip).Run(Columns, ratios, rewards, discounts, values, next, truncated, targets, advantages);

        for (var start = 0; start < ratios.Length; start++)
        {
            Assert.Equal(Target(start), targets[start], 1e-4);
            var isCut = truncated[start] == 1 || start + Columns >= ratios.Length;
            var following = isCut ? next[start] : Target(start + Columns);
            Assert.Equal(Math.Min(policyClip, ratios[start]) * (rewards[start] + (discounts[start] * following) - values[start]), advantages[start], 1e-4);
        }

        // v_s = V(x_s) + Σ_t γ^{t−s} (Π_{i=s}^{t−1} c_i) δ_t
        double Target(int start)
        {
            var (sum, weight) = ((double)values[start], 1.0);
            for (var t = start; t < ratios.Length; t += Columns)
            {
                sum += weight * Math.Min(clip, ratios[t]) * (rewards[t] + (discounts[t] * next[t]) - values[t]);
                weight *= discounts[t] * lambda * Math.Min(1.0, ratios[t]) * (1 - truncated[t]);
            }

            return sum;
        }
    }

    [Fact]
    public void With_its_own_experience_it_is_the_lambda_return()
    {
        float[] rewards = [1, -1, 2, 0.5f];
        float[] values = [0.5f, 1, -1, 2];
        float[] next = [1, -1, 7, 3];
        float[] truncated = [0, 0, 1, 0];
        float[] discounts = [0.9f, 0.9f, 0.9f, 0.9f];
        var (targets, advantages, returns) = (new float[4], new float[4], new float[4]);
        new VTrace(0.8, 1, 1).Run(1, [1, 1, 1, 1], rewards, discounts, values, next, truncated, targets, advantages);
        TruncatedReturns.Lambda(1, rewards, discounts, next, truncated, 0.8, returns);
        Golden.Equal(returns, targets);
        Assert.Equal(2 + (0.9f * 7) - -1, advantages[2], 1e-5f); // the time limit's state keeps its value
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() =>
        new VTrace(1, 1, 1).Run(2, new float[4], new float[4], new float[4], new float[4], new float[3], [], new float[4], new float[4]));

    private static float Number(JsonElement element, string name) => (float)element.GetProperty(name).GetDouble();
}
