using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Learning.Tests.Optimisers;

public sealed class AdamTests
{
    [Theory]
    [InlineData("adam", 3e-4, 1e-5)]
    [InlineData("adam_default", 0.01, 1e-8)]
    public void Parameters_follow_torch(string trajectory, double learningRate, double epsilon)
    {
        var golden = Golden.Read("optimisers.json");
        var values = golden.GetProperty("p0").Floats();
        var adam = new Adam(values.Length, epsilon);
        var step = 0;
        foreach (var expected in golden.GetProperty("traj").GetProperty(trajectory).EnumerateArray())
        {
            adam.Step(values, [0.1f * (step + 1), -0.5f, step % 2 == 0 ? 2 : -2], learningRate);
            Golden.AssertClose(expected.Floats(), values, 1e-6f);
            step++;
        }
    }

    [Fact]
    public void Lanes_and_rest_compute_the_same_bits()
    {
        var wide = new float[67];
        var adam = new Adam(wide.Length);
        var single = new float[1];
        var scalar = new Adam(1);
        for (var step = 1; step <= 5; step++)
        {
            var gradient = 0.37f * step;
            adam.Step(wide, Enumerable.Repeat(gradient, wide.Length).ToArray(), 1e-3, 0.5f);
            scalar.Step(single, [gradient], 1e-3, 0.5f);
        }

        Assert.All(wide, value => Assert.Equal(single[0], value));
    }

    [Fact]
    public void Gradients_are_left_at_zero()
    {
        float[] gradients = [.. Enumerable.Repeat(1f, 37)];
        new Adam(37).Step(new float[37], gradients, 0.1);
        Assert.All(gradients, g => Assert.Equal(0, g));
    }

    [Fact]
    public void A_loaded_optimiser_goes_on_bit_for_bit()
    {
        var (a, b) = (new Adam(20), new Adam(20));
        var values = new float[20];
        a.Step(values, [.. Enumerable.Range(1, 20).Select(i => 0.01f * i)], 0.1);
        var snapshot = new StageSnapshot();
        a.Save(snapshot, "adam");
        b.Load(snapshot, "adam");
        var copy = values.ToArray();
        a.Step(values, [.. Enumerable.Range(1, 20).Select(i => 0.3f / i)], 0.1);
        b.Step(copy, [.. Enumerable.Range(1, 20).Select(i => 0.3f / i)], 0.1);
        Assert.Equal(values, copy);
    }
}
