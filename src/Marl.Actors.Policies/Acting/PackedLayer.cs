using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Acting;

/// <summary>One affine map with its weights packed for <see cref="DenseKernel"/>.</summary>
internal sealed class PackedLayer(LayerSpec spec, DenseKernel kernel)
{
    private readonly float[] weight = new float[spec.Inputs * DenseKernel.Padded(spec.Outputs)];
    private readonly float[] bias = new float[DenseKernel.Padded(spec.Outputs)];

    /// <summary>Floats from one row of its output to the next.</summary>
    public int Stride => bias.Length;

    /// <summary>Outputs that mean something.</summary>
    public int Outputs => spec.Outputs;

    /// <summary>Takes its part of a network's parameters over.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        for (var output = 0; output < spec.Outputs; output++)
        {
            var row = parameters.Slice(spec.Offset + (output * spec.Inputs), spec.Inputs);
            for (var input = 0; input < row.Length; input++)
            {
                weight[(input * Stride) + output] = row[input];
            }
        }

        parameters.Slice(spec.Bias, spec.Outputs).CopyTo(bias);
    }

    /// <summary>Evaluates it.</summary>
    /// <param name="input">[rows, inputs], rows <paramref name="inputStride"/> floats apart.</param>
    /// <param name="inputStride">Floats from one input row to the next.</param>
    /// <param name="output">To fill: [rows, <see cref="Stride"/>].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="activation">The nonlinearity; null for none.</param>
    public void Run(ReadOnlySpan<float> input, int inputStride, Span<float> output, int rows, Activation? activation = null) =>
        kernel.Layer(input, inputStride, weight, bias, output, rows, spec.Inputs, activation);
}
