using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;

namespace Marl.Actors.Experience.Tests;

public class MomentsTests
{
    [Fact]
    public void Running_moments_equal_the_reference()
    {
        var reference = Golden.Read("running_mean_std.json");
        var moments = new RunningMoments(2, reference.GetProperty("epsilon").GetDouble(), sampleVariance: true);
        foreach (var step in reference.GetProperty("steps").EnumerateArray())
        {
            moments.Update(step.GetProperty("x").Floats());
            Golden.Equal(step.GetProperty("mean").Floats(), [(float)moments.Mean[0], (float)moments.Mean[1]]);
            Golden.Equal(step.GetProperty("var").Floats(), [(float)moments.Variance[0], (float)moments.Variance[1]]);
            Assert.Equal(step.GetProperty("count").GetDouble(), moments.Count, 3);
        }
    }

    [Fact]
    public void Batches_of_any_size_give_the_moments_of_all_numbers()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 90).Select(_ => (100 * random.NextSingle()) + 1000)];
        var moments = new RunningMoments(1, epsilon: 0);
        moments.Update(values.AsSpan(0, 1));
        moments.Update(values.AsSpan(1, 29));
        moments.Update(values.AsSpan(30));

        var expected = BatchMoments.Of(values);
        Assert.Equal(expected.Mean, moments.Mean[0], 9);
        Assert.Equal(expected.Variance, moments.Variance[0], 6);
    }

    [Fact]
    public void Normalised_columns_have_mean_0_and_deviation_1_and_are_cut_off()
    {
        var moments = new RunningMoments(2, epsilon: 0);
        moments.Update([1, 100, 3, 300]);
        var normalised = new float[4];
        moments.Normalise([1, 100, 3, 30000], normalised, clip: 5);
        Golden.Equal([-1, -1, 1, 5], normalised);
    }

    /// <summary>Figures: the yardstick's lines (shared/yardstick/mappo.py, vm and vv) run in Python on these batches.</summary>
    [Fact]
    public void Exponential_moments_follow_the_yardstick()
    {
        var moments = new ExponentialMoments(0.02);
        moments.Update([1, 2, 3, 4]);
        Assert.Equal((2.5, 1.250001), (moments.Mean, moments.Variance));

        moments.Update([-1, 0, 5, 12]);
        Assert.Equal(2.53, moments.Mean, 12);
        Assert.Equal(1.7991009999999998, moments.Variance, 12);

        moments.Update([-30.5f, -22.25f, -41, -18.75f]);
        Assert.Equal(1.9168999999999996, moments.Mean, 12);
        Assert.Equal(21.650870389999998, moments.Variance, 12);
    }

    [Fact]
    public void Denormalising_undoes_normalising()
    {
        var moments = new ExponentialMoments();
        moments.Update([-30, -20, -25]);
        float[] values = [-31, 0, 17.5f];
        var there = new float[3];
        var back = new float[3];
        moments.Normalise(values, there);
        moments.Denormalise(there, back);
        Golden.Equal(values, back);
        Assert.InRange(there[0], -1.5f, -1.4f); // (−31 + 25) / √(16⅔)
    }

    [Fact]
    public void Constant_targets_do_not_divide_by_zero()
    {
        var moments = new ExponentialMoments();
        moments.Update([5, 5, 5]);
        var normalised = new float[1];
        moments.Normalise([5], normalised);
        Assert.Equal(0, normalised[0]);
    }

    [Fact]
    public void Saved_moments_go_on_bit_for_bit()
    {
        var running = new RunningMoments(2);
        var exponential = new ExponentialMoments();
        running.Update([1, 2, 3, 5]);
        exponential.Update([1, 2, 3, 5]);
        var snapshot = new StageSnapshot();
        running.Save(snapshot, "running");
        exponential.Save(snapshot, "exponential");

        var running2 = new RunningMoments(2);
        var exponential2 = new ExponentialMoments();
        running2.Load(snapshot, "running");
        exponential2.Load(snapshot, "exponential");
        foreach (var moments in (RunningMoments[])[running, running2])
        {
            moments.Update([7, 7, 9, -1]);
        }

        Assert.Equal(running.Mean, running2.Mean);
        Assert.Equal(running.Variance, running2.Variance);

        exponential.Update([7, 9]);
        exponential2.Update([7, 9]);
        Assert.Equal((exponential.Mean, exponential.Variance), (exponential2.Mean, exponential2.Variance));
    }

    [Fact]
    public void Standardised_numbers_have_mean_0_and_deviation_1()
    {
        float[] values = [2, 4, 4, 4, 5, 5, 7, 9]; // mean 5, deviation 2
        Standardise.InPlace(values);
        Golden.Equal([-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2], values);
    }

    [Fact]
    public void Equal_numbers_standardise_to_0()
    {
        float[] values = [3, 3, 3];
        Standardise.InPlace(values);
        Assert.Equal([0, 0, 0], values);
    }
}
