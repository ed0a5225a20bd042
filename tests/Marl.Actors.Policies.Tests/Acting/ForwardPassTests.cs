using System.Runtime.Intrinsics;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Acting;

public class ForwardPassTests
{
    public static TheoryData<int, int[], int, Activation> Networks => new()
    {
        { 18, [64, 64], 5, Activation.Relu },
        { 18, [64, 64], 5, Activation.Tanh },
        { 1, [1], 1, Activation.Tanh },
        { 3, [], 17, Activation.Relu },
        { 33, [48, 7, 130], 31, Activation.Tanh },
    };

    private static readonly Dictionary<string, DenseKernel> Kernels = new()
    {
        ["512 bits"] = new DenseKernel<Lanes512, Vector512<float>>(),
        ["256 bits"] = new DenseKernel<Lanes256, Vector256<float>>(),
        ["128 bits"] = new DenseKernel<Lanes128, Vector128<float>>(),
        ["scalar"] = new DenseKernel<ScalarLanes, float>(),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_equal_a_naive_computation_in_double(int inputs, int[] hidden, int outputs, Activation activation)
    {
        var network = new NetworkSpec(inputs, [.. hidden], outputs, activation);
        var (parameters, observations) = Draw(network, rows: 37);
        var actual = Run(network, DenseKernel.Widest, parameters, observations);
        var expected = Naive(network, parameters, observations);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_register_width_gives_the_same_bits(int inputs, int[] hidden, int outputs, Activation activation)
    {
        var network = new NetworkSpec(inputs, [.. hidden], outputs, activation);
        var (parameters, observations) = Draw(network, rows: 43);
        var scalar = Bits(Run(network, Kernels["scalar"], parameters, observations));
        Assert.All(Kernels, kernel => Assert.Equal(scalar, Bits(Run(network, kernel.Value, parameters, observations))));
    }

    /// <summary>Written apart from the kernel: one chain of fused multiply-adds an output, begun with the bias, in order of inputs.</summary>
    [Fact]
    public void A_layer_is_one_chain_of_fused_multiply_adds_in_the_order_of_the_inputs()
    {
        var network = new NetworkSpec(29, [], 6, Activation.Relu);
        var (parameters, observations) = Draw(network, rows: 9);
        var expected = new float[9 * 6];
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, output) = (i / 6, i % 6);
            expected[i] = parameters[network.Layers[0].Bias + output];
            for (var k = 0; k < 29; k++)
            {
                expected[i] = MathF.FusedMultiplyAdd(observations[(row * 29) + k], parameters[(output * 29) + k], expected[i]);
            }
        }

        Assert.Equal(Bits(expected), Bits(Run(network, DenseKernel.Widest, parameters, observations)));
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void A_row_does_not_depend_on_the_batch_nor_on_its_place_in_it(Activation activation)
    {
        var network = new NetworkSpec(18, [64, 64], 5, activation);
        var (parameters, observations) = Draw(network, rows: 200);
        var alone = Enumerable.Range(0, 200)
            .Select(row => Bits(Run(network, DenseKernel.Widest, parameters, observations[(row * 18)..((row + 1) * 18)])))
            .ToArray();
        foreach (var (start, count) in new[] { (0, 200), (3, 1), (5, 2), (7, 3), (1, 4), (2, 5), (9, 31), (4, 32), (6, 33), (11, 64), (13, 97), (0, 128), (72, 128) })
        {
            var together = Bits(Run(network, DenseKernel.Widest, parameters, observations[(start * 18)..((start + count) * 18)]));
            for (var row = 0; row < count; row++)
            {
                Assert.Equal(alone[start + row], together[(row * 5)..((row + 1) * 5)]);
            }
        }
    }

    [Fact]
    public void New_parameters_replace_the_old_ones()
    {
        var network = new NetworkSpec(18, [64, 64], 5, Activation.Relu);
        var (first, observations) = Draw(network, rows: 6);
        var second = Initialisation.Orthogonal(network, 1, RandomKey.FromSeed(99));
        var pass = new ForwardPass(network);
        var outputs = new float[30];
        pass.Load(first);
        pass.Run(observations, outputs);
        pass.Load(second);
        pass.Run(observations, outputs);
        Assert.Equal(Run(network, DenseKernel.Widest, second, observations), outputs);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void What_is_not_a_number_stays_visible(Activation activation)
    {
        var network = new NetworkSpec(2, [3], 2, activation);
        var (parameters, _) = Draw(network, rows: 1);
        var outputs = Run(network, DenseKernel.Widest, parameters, [float.NaN, 1]);
        Assert.All(outputs, output => Assert.True(float.IsNaN(output)));
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        var network = new NetworkSpec(18, [64, 64], 5, Activation.Tanh);
        var (parameters, observations) = Draw(network, rows: 130);
        var pass = new ForwardPass(network);
        var outputs = new float[130 * 5];
        pass.Load(parameters);
        pass.Run(observations, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            pass.Load(parameters);
            pass.Run(observations, outputs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Agents_on_several_threads_may_share_a_pass()
    {
        var network = new NetworkSpec(18, [64], 5, Activation.Tanh, Memory: 16);
        var (parameters, observations) = Draw(network, rows: 64);
        var pass = new ForwardPass(network);
        pass.Load(parameters);
        var outputs = Enumerable.Range(0, 8).Select(_ => (Values: new float[64 * 5], Memory: new float[64 * 16])).ToArray();
        Parallel.ForEach(outputs, own =>
        {
            for (var step = 0; step < 20; step++)
            {
                pass.Run(observations, own.Values, own.Memory);
            }
        });
        Assert.All(outputs, own => Assert.Equal(Bits(outputs[0].Values), Bits(own.Values)));
        Assert.All(outputs, own => Assert.Equal(Bits(outputs[0].Memory), Bits(own.Memory)));
    }

    [Fact]
    public void No_rows_give_no_outputs() => Run(new(3, [4], 2, Activation.Relu), DenseKernel.Widest, new float[26], []);

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var pass = new ForwardPass(new(3, [4], 2, Activation.Relu));
        Assert.Throws<ArgumentOutOfRangeException>(() => pass.Load(new float[25]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pass.Run(new float[7], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pass.Run(new float[6], new float[5]));
    }

    internal static (float[] Parameters, float[] Observations) Draw(NetworkSpec network, int rows)
    {
        var random = RandomKey.FromSeed(5).Stream();
        var parameters = Initialisation.Orthogonal(network, 1, RandomKey.FromSeed(3));
        foreach (var layer in network.Layers)
        {
            for (var i = layer.Bias; i < layer.End; i++)
            {
                parameters[i] = (float)random.Uniform(-0.5, 0.5);
            }
        }

        var observations = new float[rows * network.Inputs];
        for (var i = 0; i < observations.Length; i++)
        {
            observations[i] = (float)random.NextNormal();
        }

        return (parameters, observations);
    }

    private static float[] Run(NetworkSpec network, DenseKernel kernel, float[] parameters, float[] observations)
    {
        var pass = new ForwardPass(network, kernel);
        var outputs = new float[observations.Length / network.Inputs * network.Outputs];
        pass.Load(parameters);
        pass.Run(observations, outputs);
        return outputs;
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static double[] Naive(NetworkSpec network, float[] parameters, float[] observations)
    {
        var current = observations.Select(x => (double)x).ToArray();
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var isLast = i == network.Layers.Count - 1;
            current = [.. Enumerable.Range(0, current.Length / layer.Inputs).SelectMany(row => Enumerable.Range(0, layer.Outputs).Select(output =>
            {
                var sum = Enumerable.Range(0, layer.Inputs).Sum(k => current[(row * layer.Inputs) + k] * parameters[layer.Offset + (output * layer.Inputs) + k]);
                sum += parameters[layer.Bias + output];
                return isLast ? sum : network.Activation == Activation.Relu ? Math.Max(sum, 0) : Math.Tanh(sum);
            }))];
        }

        return current;
    }
}
