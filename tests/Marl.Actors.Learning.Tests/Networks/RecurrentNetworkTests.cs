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
    public void What_was_remembered_is_carried_on_and_what_is_forgotten_is_not()
    {
        Assert.True(Torch.EnsureLoaded().IsSuccess);
        const int Rows = 5;
        const int Steps = 4;
        var spec = new NetworkSpec(6, [9], 3, Activation.Tanh, 11);
        var (a, b) = (Parameters(spec), Parameters(spec));
        using var torch = new TorchNetwork(spec, a, 3, Rows * Steps);
        using var fused = new FusedNetwork(spec, b, 3, Rows * Steps);
        Fill(torch.Inputs, 1);
        Fill(torch.OutputGradients, 2);
        torch.Inputs.CopyTo(fused.Inputs);
        torch.OutputGradients.CopyTo(fused.OutputGradients);
        var memory = new float[Rows * 11];
        Fill(memory, 3);
        bool[] forgets = [.. Enumerable.Range(0, Rows * Steps).Select(i => i is 2 or 7 or 11 or 12)];
        var acted = Acted(spec, b.Values[3..], fused.Inputs, memory, forgets);
        Assert.Equal(acted, fused.Forward(Rows * Steps, Steps, memory, forgets).ToArray());
        Golden.AssertClose(torch.Forward(Rows * Steps, Steps, memory, forgets), acted, 1e-5f);
        Golden.AssertClose(torch.InputGradients(Rows * Steps), fused.InputGradients(Rows * Steps), 2e-5f);
        torch.Backward(Rows * Steps);
        fused.Backward(Rows * Steps);
        Golden.AssertClose(a.Gradients, b.Gradients, 1e-5f * a.Gradients.ToArray().Max(MathF.Abs));
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

    private static float[] Acted(NetworkSpec spec, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, float[] begun, bool[] forgets)
    {
        var pass = new ForwardPass(spec);
        pass.Load(parameters);
        var memory = begun.ToArray();
        var rows = memory.Length / spec.Memory;
        var outputs = new float[forgets.Length * spec.Outputs];
        for (var first = 0; first < forgets.Length; first += rows)
        {
            for (var row = 0; row < rows; row++)
            {
                if (forgets[first + row])
                {
                    memory.AsSpan(row * spec.Memory, spec.Memory).Clear();
                }
            }

            pass.Run(inputs.Slice(first * spec.Inputs, rows * spec.Inputs), outputs.AsSpan(first * spec.Outputs, rows * spec.Outputs), memory);
        }

        return outputs;
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
