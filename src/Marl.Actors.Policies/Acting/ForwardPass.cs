using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// Evaluates a network for a batch of rows, without Torch. Parameters are packed once per version (<see cref="Load"/>); a run
/// allocates nothing and leaves nothing behind, so agents that share a policy may share a pass, on any threads. A row's result
/// does not depend on the batch it stands in, nor on the machine (see <see cref="DenseKernel"/>).
/// </summary>
public sealed class ForwardPass
{
    private const int MostRows = 32; // activations of a block stay in the first-level cache

    private readonly DenseKernel kernel;
    private readonly float[][] weights; // by layer: [inputs, stride], transposed and padded
    private readonly float[][] biases;  // by layer: [stride]
    private readonly int widest;        // stride
    private readonly RecurrentPass? recurrent;

    /// <summary>A pass for the given network; call <see cref="Load"/> before the first run.</summary>
    public ForwardPass(NetworkSpec network)
        : this(network, DenseKernel.Widest)
    {
    }

    internal ForwardPass(NetworkSpec network, DenseKernel kernel)
    {
        this.kernel = kernel;
        Network = network;
        weights = [.. network.Layers.Select(l => new float[l.Inputs * DenseKernel.Padded(l.Outputs)])];
        biases = [.. network.Layers.Select(l => new float[DenseKernel.Padded(l.Outputs)])];
        widest = biases.Max(b => b.Length);
        recurrent = network.Recurrent is { } unit ? new(unit, kernel) : null;
    }

    /// <summary>The network.</summary>
    public NetworkSpec Network { get; }

    /// <summary>Takes new parameters: the flat vector of <see cref="NetworkSpec"/>, of length <see cref="NetworkSpec.Parameters"/>. Nobody may run it meanwhile.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, Network.Parameters);
        for (var i = 0; i < weights.Length; i++)
        {
            var layer = Network.Layers[i];
            var (weight, stride) = (weights[i], biases[i].Length);
            for (var output = 0; output < layer.Outputs; output++)
            {
                var row = parameters.Slice(layer.Offset + (output * layer.Inputs), layer.Inputs);
                for (var input = 0; input < row.Length; input++)
                {
                    weight[(input * stride) + output] = row[input];
                }
            }

            parameters.Slice(layer.Bias, layer.Outputs).CopyTo(biases[i]);
        }

        recurrent?.Load(parameters);
    }

    /// <summary>Evaluates the network.</summary>
    /// <param name="inputs">[rows, inputs], row-major; any number of rows.</param>
    /// <param name="outputs">To fill: [rows, outputs], row-major.</param>
    /// <param name="memory">[rows, width of the recurrent unit], advanced by one step; empty for a network without one.</param>
    public void Run(ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> memory = default)
    {
        var rows = inputs.Length / Network.Inputs;
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, rows * Network.Inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outputs.Length, rows * Network.Outputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(memory.Length, rows * Network.Memory);
        var most = Math.Min(rows, MostRows);
        var scratch = Scratch.Layers(most * ((2 * widest) + (recurrent?.RowScratch ?? 0)));
        for (var row = 0; row < rows; row += MostRows)
        {
            var count = Math.Min(MostRows, rows - row);
            Block(
                inputs.Slice(row * Network.Inputs, count * Network.Inputs), outputs.Slice(row * Network.Outputs, count * Network.Outputs), memory.Slice(row * Network.Memory, count * Network.Memory), count, scratch);
        }
    }

    private void Block(ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> memory, int rows, Span<float> scratch)
    {
        var even = scratch[..(rows * widest)];
        var odd = scratch.Slice(even.Length, even.Length);
        var last = weights.Length - 1;
        var source = inputs;
        var stride = Network.Inputs;
        for (var i = 0; i <= last; i++)
        {
            if (i == last && recurrent is not null)
            {
                source = recurrent.Step(source, stride, memory, rows, scratch[(2 * even.Length)..]);
                stride = recurrent.Stride;
            }

            var target = i % 2 == 0 ? even : odd;
            kernel.Layer(source, stride, weights[i], biases[i], target, rows, Network.Layers[i].Inputs, i < last ? Network.Activation : null);
            source = target;
            stride = biases[i].Length;
        }

        for (var row = 0; row < rows; row++)
        {
            source.Slice(row * stride, Network.Outputs).CopyTo(outputs[(row * Network.Outputs)..]);
        }
    }
}
