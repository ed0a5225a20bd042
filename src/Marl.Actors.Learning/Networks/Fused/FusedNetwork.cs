using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Networks.Fused;

/// <summary>
/// The network without Torch: forward and backward pass of a block as matrix products of one vectorised kernel
/// (<see cref="MatrixKernel"/>), in memory that stays in the nearest cache. Its forward pass has the same bits as the agents'
/// <see cref="ForwardPass"/>; a test holds its gradients to Torch's.
/// </summary>
public sealed class FusedNetwork : ITrainableNetwork
{
    private const int BlockRows = 128; // of all layers, one block after the other: what one layer leaves is still near when the next wants it

    private readonly MatrixKernel kernel;
    private readonly FlatParameters parameters;
    private readonly int offset;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private readonly float[] outputGradients;
    private readonly float[][] weights;     // by layer: [inputs, stride], transposed and padded
    private readonly float[][] biases;      // by layer: [stride]
    private readonly float[][] activations; // by hidden layer: [Rows, stride]
    private readonly float[][] deltas;      // by hidden layer: ∂loss/∂(its sum before the nonlinearity), [Rows, stride]
    private readonly float[] zeros;
    private readonly FusedRecurrent? recurrent;
    private float[] inputGradients = [];
    private int steps = 1;
    private int version = -1;

    /// <summary>A network over the parameters from <paramref name="offset"/> on, for blocks of <paramref name="rows"/> rows.</summary>
    public FusedNetwork(NetworkSpec spec, FlatParameters parameters, int offset, int rows)
        : this(spec, parameters, offset, rows, MatrixKernel.Widest)
    {
    }

    internal FusedNetwork(NetworkSpec spec, FlatParameters parameters, int offset, int rows, MatrixKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + spec.Parameters, parameters.Length);
        (Spec, Rows, this.parameters, this.offset, this.kernel) = (spec, rows, parameters, offset, kernel);
        inputs = Buffer(rows * spec.Inputs);
        outputs = Buffer(rows * spec.Outputs);
        outputGradients = Buffer(rows * spec.Outputs);
        weights = [.. spec.Layers.Select(l => Buffer(l.Inputs * Stride(l)))];
        biases = [.. spec.Layers.Select(l => Buffer(Stride(l)))];
        activations = [.. spec.Layers.SkipLast(1).Select(l => Buffer(rows * Stride(l)))];
        deltas = [.. spec.Layers.SkipLast(1).Select(l => Buffer(rows * Stride(l)))];
        zeros = Buffer(spec.Layers.Max(l => l.Inputs));
        recurrent = spec.Recurrent is { } unit ? new(unit, parameters, offset, rows, kernel) : null;
    }

    /// <inheritdoc/>
    public NetworkSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public Span<float> Inputs => inputs.AsSpan(0, Rows * Spec.Inputs);

    /// <inheritdoc/>
    public Span<float> OutputGradients => outputGradients.AsSpan(0, Rows * Spec.Outputs);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Forward(int rows, int steps = 1, ReadOnlySpan<float> memory = default, ReadOnlySpan<bool> forgets = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % steps, 0);
        this.steps = steps;
        Refresh();
        for (var from = 0; from < rows; from += Block(rows))
        {
            Pass(from, Math.Min(Block(rows), rows - from), memory, forgets);
        }

        return outputs.AsSpan(0, rows * Spec.Outputs);
    }

    /// <summary>
    /// With δ_l = ∂loss/∂(W_l x_l + b_l), [rows, outputs]: ∂W_l += δ_lᵀ x_l, ∂b_l += Σ_rows δ_l, δ_{l−1} = (δ_l W_l) ⊙ f′. Rumelhart,
    /// Hinton, Williams: Learning representations by back-propagating errors, Nature 323, 1986.
    /// </summary>
    public void Backward(int rows) => Carry(rows, isLearning: true);

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputGradients(int rows)
    {
        if (inputGradients.Length == 0)
        {
            inputGradients = Buffer(Rows * Spec.Inputs); // most networks are never asked
        }

        Carry(rows, isLearning: false);
        return inputGradients.AsSpan(0, rows * Spec.Inputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static float[] Buffer(int length) => new float[length + MatrixKernel.Slack];

    private static int Stride(LayerSpec layer) => DenseKernel.Padded(layer.Outputs);

    /// <summary>Rows carried through all layers at once; a memory goes from row to row, so that all of them belong together.</summary>
    private int Block(int rows) => recurrent is null ? BlockRows : rows;

    /// <summary>Some rows, through all layers.</summary>
    private void Pass(int from, int rows, ReadOnlySpan<float> memory, ReadOnlySpan<bool> forgets)
    {
        for (var i = 0; i < Spec.Layers.Count; i++)
        {
            var layer = Spec.Layers[i];
            var isLast = i == Spec.Layers.Count - 1;
            if (isLast)
            {
                recurrent?.Forward(Before(i), rows, steps, memory, forgets);
            }

            kernel.Multiply(
                Input(i).From(from), new(ref weights[i][0], Stride(layer)), new(ref biases[i][0], 0), Output(i).From(from), rows, isLast ? layer.Outputs : Stride(layer), layer.Inputs);
            if (!isLast)
            {
                kernel.Activate(activations[i].AsSpan(from * Stride(layer), rows * Stride(layer)), Spec.Activation);
            }
        }
    }

    /// <summary>What the layers before give to one, past the recurrent unit.</summary>
    private Matrix Before(int layer) => layer == 0 ? new(ref inputs[0], Spec.Inputs) : Output(layer - 1);

    private Matrix Input(int layer) => recurrent is not null && layer == Spec.Layers.Count - 1 ? recurrent.After : Before(layer);

    private Matrix Output(int layer) =>
        layer < activations.Length ? new(ref activations[layer][0], Stride(Spec.Layers[layer])) : new(ref outputs[0], Spec.Outputs);

    /// <summary>Carries the gradient at the outputs back: to the parameters, or to the inputs.</summary>
    private void Carry(int rows, bool isLearning)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        for (var from = 0; from < rows; from += Block(rows))
        {
            Carry(from, Math.Min(Block(rows), rows - from), isLearning);
        }
    }

    /// <summary>Some rows, back through all layers; the sums of gradients go on where those of the rows before ended.</summary>
    private void Carry(int from, int rows, bool isLearning)
    {
        for (var i = Spec.Layers.Count - 1; i >= 0; i--)
        {
            var layer = Spec.Layers[i];
            var delta = Delta(i).From(from);
            if (isLearning)
            {
                var weightGradient = new Matrix(ref parameters.GradientArray[offset + layer.Offset], layer.Inputs);
                kernel.Multiply(delta.Transposed, Input(i).From(from), weightGradient, weightGradient, layer.Outputs, layer.Inputs, rows);
                kernel.AddRows(delta, ref parameters.GradientArray[offset + layer.Bias], rows, layer.Outputs);
            }

            var isRemembered = recurrent is not null && i == Spec.Layers.Count - 1;
            var isGoingOn = i > 0 || !isLearning;
            if (isGoingOn || isRemembered)
            {
                var weight = new Matrix(ref parameters.ValueArray[offset + layer.Offset], layer.Inputs);
                kernel.Multiply(delta, weight, new(ref zeros[0], 0), isRemembered ? recurrent!.AfterGradient : Below(i).From(from), rows, layer.Inputs, layer.Outputs);
            }

            if (isRemembered)
            {
                recurrent!.Backward(Before(i), isGoingOn ? Below(i) : default, isGoingOn, isLearning, rows, steps);
            }

            if (i > 0)
            {
                var stride = Stride(Spec.Layers[i - 1]);
                var block = (from * stride)..((from + rows) * stride);
                MatrixKernel.Differentiate(deltas[i - 1].AsSpan(block), activations[i - 1].AsSpan(block), Spec.Activation);
            }
        }
    }

    /// <summary>Where the gradient goes that leaves a layer downwards.</summary>
    private Matrix Below(int layer) => layer > 0 ? Delta(layer - 1) : new(ref inputGradients[0], Spec.Inputs);

    private Matrix Delta(int layer) =>
        layer < deltas.Length ? new(ref deltas[layer][0], Stride(Spec.Layers[layer])) : new(ref outputGradients[0], Spec.Outputs);

    /// <summary>Packs the weights for the forward pass, when they have changed.</summary>
    private void Refresh()
    {
        if (version == parameters.Version)
        {
            return;
        }

        version = parameters.Version;
        for (var i = 0; i < weights.Length; i++)
        {
            var layer = Spec.Layers[i];
            var (weight, stride) = (weights[i], Stride(layer));
            var values = parameters.Values[offset..];
            for (var output = 0; output < layer.Outputs; output++)
            {
                var row = values.Slice(layer.Offset + (output * layer.Inputs), layer.Inputs);
                for (var input = 0; input < row.Length; input++)
                {
                    weight[(input * stride) + output] = row[input];
                }
            }

            values.Slice(layer.Bias, layer.Outputs).CopyTo(biases[i]);
        }

        recurrent?.Refresh();
    }
}
