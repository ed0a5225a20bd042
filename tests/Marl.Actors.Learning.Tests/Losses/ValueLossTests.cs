using Marl.Actors.Learning.Losses;

namespace Marl.Actors.Learning.Tests.Losses;

public sealed class ValueLossTests
{
    [Fact]
    public void Clipped_loss_and_gradient_are_those_of_the_reference()
    {
        var golden = Golden.Read("ppo_loss.json");
        var values = golden.GetProperty("values").Floats();
        var gradients = new float[values.Length];
        var loss = new ValueLoss((float)golden.GetProperty("vf_coef").GetDouble(), (float)golden.GetProperty("clip").GetDouble());
        var sum = loss.Add(values, golden.GetProperty("old_values").Floats(), golden.GetProperty("returns").Floats(), 1f / values.Length, gradients);
        Assert.Equal(golden.GetProperty("v_loss_clipped").GetDouble(), sum / values.Length, 1e-5);
        Golden.AssertClose(golden.GetProperty("grad_values").Floats(), gradients, 1e-5f);
    }

    [Fact]
    public void Without_a_clip_the_gradient_is_the_mean_error()
    {
        var gradients = new float[2];
        var sum = new ValueLoss(1, 0).Add([1, 3], [], [0, 5], 0.5f, gradients);
        Assert.Equal(2.5, sum);
        Assert.Equal([0.5f, -1f], gradients);
    }
}
