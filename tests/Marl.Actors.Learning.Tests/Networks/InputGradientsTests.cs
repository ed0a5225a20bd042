using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Tests.Networks;

/// <summary>What a critic says of the actions it is given.</summary>
[Collection(TorchCollection.Name)]
public sealed class InputGradientsTests
{
    private const int Rows = 4;

    [Theory]
    [InlineData(Backend.Fused, 0)]
    [InlineData(Backend.Fused, 5)]
    [InlineData(Backend.Torch, 0)]
    [InlineData(Backend.Torch, 5)]
    public void Gradients_by_inputs_are_those_of_finite_differences_and_leave_the_parameters_alone(Backend backend, int memory)
    {
        Assert.True(Torch.EnsureLoaded().IsSuccess);
        var spec = new NetworkSpec(6, [13], 2, Activation.Tanh, memory);
        var parameters = new FlatParameters(spec.Parameters);
        Initialisation.Uniform(spec, RandomKey.FromSeed(3)).CopyTo(parameters.Change());
        using var network = backend.Network(spec, parameters, 0, Rows, ComputeDevice.Cpu);
        Fill(network.Inputs, 1);
        network.Forward(Rows, steps: 2);
        Fill(network.OutputGradients, 2);
        var gradients = network.InputGradients(Rows).ToArray();
        Assert.All(parameters.Gradients.ToArray(), g => Assert.Equal(0, g));
        network.Backward(Rows); // still possible
        Assert.Contains(parameters.Gradients.ToArray(), g => g != 0);

        const float step = 1 / 64f;
        for (var i = 0; i < gradients.Length; i++)
        {
            var here = network.Inputs[i];
            network.Inputs[i] = here + step;
            var above = Loss(network);
            network.Inputs[i] = here - step;
            var below = Loss(network);
            network.Inputs[i] = here;
            Assert.Equal((above - below) / (2 * step), gradients[i], 2e-3);
        }
    }

    private static double Loss(ITrainableNetwork network)
    {
        var outputs = network.Forward(Rows, steps: 2);
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            sum += (double)outputs[i] * network.OutputGradients[i];
        }

        return sum;
    }

    private static void Fill(Span<float> target, long seed)
    {
        var random = RandomKey.FromSeed(seed).Stream();
        foreach (ref var x in target)
        {
            x = (float)random.NextNormal();
        }
    }
}
