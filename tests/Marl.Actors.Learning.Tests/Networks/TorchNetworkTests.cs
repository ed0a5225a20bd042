using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;
using TorchSharp;

namespace Marl.Actors.Learning.Tests.Networks;

[Collection(TorchCollection.Name)]
public sealed class TorchNetworkTests
{
    public TorchNetworkTests() => Assert.True(Torch.EnsureLoaded().IsSuccess);

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void Forward_equals_the_acting_kernel(Activation activation)
    {
        var spec = new NetworkSpec(18, [64, 64], 5, activation);
        var (network, parameters) = Make(spec, 40);
        using var _ = network;
        Fill(network.Inputs, 1);
        var expected = new float[40 * 5];
        var pass = new ForwardPass(spec);
        pass.Load(parameters.Values[7..]);
        pass.Run(network.Inputs, expected);
        Golden.AssertClose(expected, network.Forward(40), 1e-5f);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void Gradients_arrive_in_the_flat_vector(Activation activation)
    {
        var spec = new NetworkSpec(3, [8], 2, activation);
        var (network, parameters) = Make(spec, 5);
        using var _ = network;
        Fill(network.Inputs, 2);
        Fill(network.OutputGradients, 3);
        network.Forward(5);
        network.Backward(5);
        var gradients = parameters.Gradients.ToArray();
        Assert.All(gradients[..7], g => Assert.Equal(0, g));
        for (var i = 7; i < parameters.Length; i += 3)
        {
            Assert.Equal(Slope(network, parameters, i), gradients[i], 2e-3);
        }
    }

    [Fact]
    public void Gradients_add_up()
    {
        var (network, parameters) = Make(new(3, [8], 2, Activation.Relu), 5);
        using var _ = network;
        Fill(network.Inputs, 2);
        Fill(network.OutputGradients, 3);
        network.Forward(5);
        network.Backward(5);
        var once = parameters.Gradients.ToArray();
        network.Forward(5);
        network.Backward(5);
        Golden.AssertClose([.. once.Select(g => 2 * g)], parameters.Gradients, 1e-5f);
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        var (network, _) = Make(new(18, [64, 64], 5, Activation.Relu), 64);
        using (network)
        {
            network.Forward(64);
            network.Backward(64);
            var before = torch.Tensor.TotalCount;
            const int passes = 500;
            for (var i = 0; i < passes; i++)
            {
                network.Forward(64);
                network.Backward(64);
            }

            // The count is the whole process's, and other tests have tensors come and go; one left behind a pass would show.
            Assert.InRange(torch.Tensor.TotalCount, 0, before + (passes / 2));
        }
    }

    [Fact]
    public void Backward_without_forward_is_refused()
    {
        var (network, _) = Make(new(3, [8], 2, Activation.Relu), 5);
        using (network)
        {
            Assert.Throws<InvalidOperationException>(() => network.Backward(5));
        }
    }

    private static (TorchNetwork Network, FlatParameters Parameters) Make(NetworkSpec spec, int rows)
    {
        var parameters = new FlatParameters(spec.Parameters + 7);
        Initialisation.Orthogonal(spec, 1, RandomKey.FromSeed(5)).CopyTo(parameters.Change()[7..]);
        return (new(spec, parameters, 7, rows), parameters);
    }

    private static void Fill(Span<float> target, long seed)
    {
        var random = RandomKey.FromSeed(seed).Stream();
        foreach (ref var x in target)
        {
            x = (float)random.NextNormal();
        }
    }

    /// <summary>Central difference of Σ output · output gradient by one parameter.</summary>
    private static double Slope(TorchNetwork network, FlatParameters parameters, int index)
    {
        const float h = 1e-2f;
        var value = parameters.Values[index];
        var up = At(value + h);
        var down = At(value - h);
        At(value);
        return (up - down) / (2 * h);

        double At(float x)
        {
            parameters.Change()[index] = x;
            var outputs = network.Forward(5);
            var sum = 0.0;
            for (var i = 0; i < outputs.Length; i++)
            {
                sum += outputs[i] * network.OutputGradients[i];
            }

            return sum;
        }
    }
}
