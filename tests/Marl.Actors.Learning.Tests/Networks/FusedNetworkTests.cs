using System.Runtime.Intrinsics;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Networks.Fused;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Tests.Networks;

[Collection(TorchCollection.Name)]
public sealed class FusedNetworkTests
{
    public static TheoryData<int, int[], int, int> Shapes => new()
    {
        { 18, [64, 64], 5, 96 },
        { 18, [64, 64], 1, 37 },
        { 4, [], 2, 9 },
        { 1, [1], 1, 1 },
        { 3, [7, 130], 3, 5 },
        { 21, [33, 16, 65], 19, 50 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outputs_and_gradients_are_those_of_torch(int inputs, int[] hidden, int outputs, int rows)
    {
        Assert.True(Torch.EnsureLoaded().IsSuccess);
        foreach (var activation in new[] { Activation.Relu, Activation.Tanh })
        {
            var spec = new NetworkSpec(inputs, [.. hidden], outputs, activation);
            var (a, b) = (Parameters(spec), Parameters(spec));
            using var torch = new TorchNetwork(spec, a, 3, rows);
            using var fused = new FusedNetwork(spec, b, 3, rows);
            for (var block = 0; block < 2; block++)
            {
                var used = Math.Max(1, rows - block);
                Fill(torch.Inputs, block);
                Fill(torch.OutputGradients, 10 + block);
                torch.Inputs.CopyTo(fused.Inputs);
                torch.OutputGradients.CopyTo(fused.OutputGradients);
                Golden.AssertClose(torch.Forward(used), fused.Forward(used), 1e-5f);
                Golden.AssertClose(torch.InputGradients(used), fused.InputGradients(used), 2e-5f);
                torch.Backward(used);
                fused.Backward(used);
            }

            var greatest = Math.Max(1, a.Gradients.ToArray().Max(MathF.Abs));
            Golden.AssertClose(a.Gradients, b.Gradients, 1e-5f * greatest);
        }
    }

    [Fact]
    public void Every_width_of_registers_gives_the_same_bits()
    {
        var spec = new NetworkSpec(18, [64, 40], 5, Activation.Tanh);
        var expected = Run(spec, new MatrixKernel<ScalarLanes, float>());
        Assert.Equal(expected, Run(spec, new MatrixKernel<Lanes128, Vector128<float>>()));
        Assert.Equal(expected, Run(spec, new MatrixKernel<Lanes256, Vector256<float>>()));
        Assert.Equal(expected, Run(spec, new MatrixKernel<Lanes512, Vector512<float>>()));
    }

    [Fact]
    public void Forward_has_the_bits_of_the_acting_kernel()
    {
        var spec = new NetworkSpec(18, [64, 64], 5, Activation.Relu);
        var parameters = Parameters(spec);
        using var network = new FusedNetwork(spec, parameters, 3, 50);
        Fill(network.Inputs, 4);
        var pass = new ForwardPass(spec);
        pass.Load(parameters.Values[3..]);
        var expected = new float[50 * 5];
        pass.Run(network.Inputs, expected);
        Assert.Equal(expected, network.Forward(50).ToArray());
    }

    [Fact]
    public void New_parameters_are_noticed()
    {
        var spec = new NetworkSpec(2, [], 1, Activation.Relu);
        var parameters = new FlatParameters(3);
        using var network = new FusedNetwork(spec, parameters, 0, 1);
        network.Inputs.Fill(1);
        Assert.Equal(0, network.Forward(1)[0]);
        parameters.Change().Fill(2);
        Assert.Equal(6, network.Forward(1)[0]);
    }

    private static float[] Run(NetworkSpec spec, MatrixKernel kernel)
    {
        var parameters = Parameters(spec);
        using var network = new FusedNetwork(spec, parameters, 3, 45, kernel);
        Fill(network.Inputs, 1);
        Fill(network.OutputGradients, 2);
        var outputs = network.Forward(45).ToArray();
        network.Backward(45);
        return [.. outputs, .. parameters.Gradients];
    }

    private static FlatParameters Parameters(NetworkSpec spec)
    {
        var parameters = new FlatParameters(spec.Parameters + 3);
        Fill(parameters.Change(), 77);
        Initialisation.Orthogonal(spec, 1, RandomKey.FromSeed(5)).CopyTo(parameters.Change()[3..]);
        return parameters;
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
