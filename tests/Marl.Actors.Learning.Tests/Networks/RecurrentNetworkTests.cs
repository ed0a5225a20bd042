using Marl.Actors.Core.Randomness;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Networks.Fused;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Tests.Networks;

[Collection(TorchCollection.Name)]
public sealed class RecurrentNetworkTests
{
    [Theory]
    [InlineData(18, new[] { 64 }, 64, 5, 12, 25)]
    [InlineData(5, new[] { 7, 19 }, 3, 2, 4, 3)]
    [InlineData(6, new int[0], 17, 1, 1, 6)]
    [InlineData(3, new[] { 8 }, 16, 2, 9, 1)]
    public void Outputs_and_gradients_over_time_are_those_of_torch(int inputs, int[] hidden, int memory, int outputs, int rows, int steps)
    {
        Assert.True(Torch.EnsureLoaded().IsSuccess);
        var spec = new NetworkSpec(inputs, [.. hidden], outputs, Activation.Relu, memory);
        var (a, b) = (Parameters(spec), Parameters(spec));
        using var torch = new TorchNetwork(spec, a, 3, rows * steps);
        using var fused = new FusedNetwork(spec, b, 3, rows * steps);
        for (var block = 0; block < 2; block++)
        {
            Fill(torch.Inputs, block);
            Fill(torch.OutputGradients, 10 + block);
            torch.Inputs.CopyTo(fused.Inputs);
            torch.OutputGradients.CopyTo(fused.OutputGradients);
            Golden.AssertClose(torch.Forward(rows * steps, steps), fused.Forward(rows * steps, steps), 1e-5f);
            Golden.AssertClose(torch.InputGradients(rows * steps), fused.InputGradients(rows * steps), 2e-5f);
            torch.Backward(rows * steps);
            fused.Backward(rows * steps);
        }

        var greatest = Math.Max(1, a.Gradients.ToArray().Max(MathF.Abs));
        Golden.AssertClose(a.Gradients, b.Gradients, 1e-5f * greatest);
    }

    [Fact]
    public void Acting_step_by_step_has_the_bits_of_learning_from_the_sequence()
    {
        const int Rows = 37;
        const int Steps = 5;
        var spec = new NetworkSpec(11, [32], 5, Activation.Tanh, 21);
        var parameters = Parameters(spec);
        using var network = new FusedNetwork(spec, parameters, 3, Rows * Steps);
        Fill(network.Inputs, 4);
        var pass = new ForwardPass(spec);
        pass.Load(parameters.Values[3..]);
        var (acted, memory) = (new float[Rows * Steps * 5], new float[Rows * 21]);
        for (var step = 0; step < Steps; step++)
        {
            pass.Run(network.Inputs.Slice(step * Rows * 11, Rows * 11), acted.AsSpan(step * Rows * 5, Rows * 5), memory);
        }

        Assert.Equal(acted, network.Forward(Rows * Steps, Steps).ToArray());
    }

    private static FlatParameters Parameters(NetworkSpec spec)
    {
        var parameters = new FlatParameters(3 + spec.Parameters);
        Initialisation.Uniform(spec, new RandomKey(9)).CopyTo(parameters.Change()[3..]);
        return parameters;
    }

    private static void Fill(Span<float> values, int salt)
    {
        var random = new RandomKey((ulong)salt).Stream();
        foreach (ref var value in values)
        {
            value = (float)random.NextNormal();
        }
    }
}
