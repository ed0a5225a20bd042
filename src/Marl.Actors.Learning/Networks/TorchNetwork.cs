using System.Runtime.InteropServices;
using Marl.Actors.Learning.Native;
using Marl.Actors.Policies.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Marl.Actors.Learning.Networks;

/// <summary>
/// The network on Torch. On the CPU parameters and gradients are tensors over the memory of the flat vectors, so that the
/// backward pass adds into them without a copy; another device has a copy of its part, renewed when the values change. Call
/// <see cref="Torch.EnsureLoaded"/> first.
/// </summary>
public sealed class TorchNetwork : ITrainableNetwork
{
    private readonly FlatParameters parameters;
    private readonly Device device;
    private readonly float[] inputs;
    private readonly float[] outputGradients;
    private readonly float[] outputs;
    private readonly Tensor inputTensor;          // [Rows, inputs], host
    private readonly Tensor outputGradientTensor; // [Rows, outputs], host
    private readonly Tensor hostValues;           // [parameters], this network's part
    private readonly Tensor hostGradients;
    private readonly Tensor values;               // the same on the device; on the CPU the same memory
    private readonly Tensor gradients;
    private readonly (Tensor Weight, Tensor Bias)[] layers;
    private readonly (Tensor Weight, Tensor Bias)[] recurrent; // input map, recurrent map; or none
    private Tensor? result;                       // [rows, outputs], with the graph behind it
    private Tensor? source;                       // [rows, inputs], where the graph begins, once input gradients were asked for
    private float[] inputGradients = [];
    private bool isAskedForInputs;
    private int steps = 1;
    private float[] begun = [];                   // what is remembered at first
    private bool[] forgotten = [];                // and where nothing is
    private int version = -1;

    /// <summary>A network over the parameters from <paramref name="offset"/> on, for blocks of <paramref name="rows"/> rows.</summary>
    public TorchNetwork(NetworkSpec spec, FlatParameters parameters, int offset, int rows, DeviceType device = DeviceType.CPU)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + spec.Parameters, parameters.Length);
        Spec = spec;
        Rows = rows;
        this.parameters = parameters;
        this.device = torch.device(device);
        inputs = GC.AllocateArray<float>(rows * spec.Inputs, pinned: true);
        outputGradients = GC.AllocateArray<float>(rows * spec.Outputs, pinned: true);
        outputs = new float[rows * spec.Outputs];

        using var scope = NewDisposeScope();
        inputTensor = Over(inputs).view(rows, spec.Inputs).DetachFromDisposeScope();
        outputGradientTensor = Over(outputGradients).view(rows, spec.Outputs).DetachFromDisposeScope();
        hostValues = Over(parameters.ValueArray).narrow(0, offset, spec.Parameters).DetachFromDisposeScope();
        hostGradients = Over(parameters.GradientArray).narrow(0, offset, spec.Parameters).DetachFromDisposeScope();
        values = hostValues.to(this.device).alias().DetachFromDisposeScope();
        gradients = hostGradients.to(this.device).alias().DetachFromDisposeScope();
        layers = [.. spec.Layers.Select(Pair)];
        recurrent = spec.Recurrent is { } unit ? [Pair(unit.Input), Pair(unit.Recurrent)] : [];
    }

    /// <inheritdoc/>
    public NetworkSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public Span<float> Inputs => inputs;

    /// <inheritdoc/>
    public Span<float> OutputGradients => outputGradients;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Forward(int rows, int steps = 1, ReadOnlySpan<float> memory = default, ReadOnlySpan<bool> forgets = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        (begun, forgotten) = (memory.ToArray(), forgets.ToArray());
        result?.Dispose();
        using var scope = NewDisposeScope();
        Refresh();
        this.steps = steps;
        var x = inputTensor.narrow(0, 0, rows).to(device);
        if (isAskedForInputs)
        {
            source?.Dispose();
            source = x = x.detach().requires_grad_(true);
            source.DetachFromDisposeScope();
        }

        for (var i = 0; i < layers.Length; i++)
        {
            if (i == layers.Length - 1 && recurrent.Length > 0)
            {
                x = Remember(x, steps);
            }

            x = nn.functional.linear(x, layers[i].Weight, layers[i].Bias);
            if (i < layers.Length - 1)
            {
                x = Spec.Activation == Activation.Relu ? nn.functional.relu(x) : x.tanh();
            }
        }

        result = x.DetachFromDisposeScope();
        var target = outputs.AsSpan(0, rows * Spec.Outputs);
        MemoryMarshal.Cast<byte, float>(x.detach().cpu().contiguous().bytes).CopyTo(target);
        return target;
    }

    /// <inheritdoc/>
    public void Backward(int rows)
    {
        RequireGraph(rows);
        using var scope = NewDisposeScope();
        result!.backward([outputGradientTensor.narrow(0, 0, rows).to(device)]);
        result.Dispose();
        result = null;
        if (device.type != DeviceType.CPU)
        {
            hostGradients.add_(gradients.cpu(), Number.Constant(1));
            gradients.zero_();
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputGradients(int rows)
    {
        if (!isAskedForInputs)
        {
            isAskedForInputs = true; // from now on the graph begins at the inputs
            inputGradients = new float[Rows * Spec.Inputs];
            Forward(rows, steps, begun, forgotten);
        }

        RequireGraph(rows);
        using var scope = NewDisposeScope();
        var found = autograd.grad([result!], [source!], [outputGradientTensor.narrow(0, 0, rows).to(device)], retain_graph: true)[0];
        var target = inputGradients.AsSpan(0, rows * Spec.Inputs);
        MemoryMarshal.Cast<byte, float>(found.cpu().contiguous().bytes).CopyTo(target);
        return target;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        result?.Dispose();
        source?.Dispose();
        foreach (var (weight, bias) in layers.Concat(recurrent))
        {
            weight.Dispose();
            bias.Dispose();
        }

        foreach (var tensor in new[] { inputTensor, outputGradientTensor, values, gradients, hostValues, hostGradients })
        {
            tensor.Dispose();
        }
    }

    private void RequireGraph(int rows)
    {
        if (result is null || result.shape[0] != rows)
        {
            throw new InvalidOperationException($"Gradients of {rows} rows do not follow a forward pass of as many.");
        }
    }

    private static Tensor Over(float[] memory) => frombuffer(memory, ScalarType.Float32);

    private (Tensor Weight, Tensor Bias) Pair(LayerSpec map) => (Parameter(map.Offset, map.Outputs, map.Inputs), Parameter(map.Bias, map.Outputs));

    /// <summary>The recurrent unit over consecutive moments: <see cref="RecurrentSpec"/>.</summary>
    private Tensor Remember(Tensor x, int steps)
    {
        var gates = nn.functional.linear(x, recurrent[0].Weight, recurrent[0].Bias).chunk(steps);
        var memory = begun.Length > 0 ? tensor(begun, [x.shape[0] / steps, Spec.Memory], device: device) : zeros(x.shape[0] / steps, Spec.Memory, device: device);
        var keeps = forgotten.Length > 0 ? tensor([.. forgotten.Select(f => f ? 0f : 1)], [x.shape[0], 1], device: device).chunk(steps) : [];
        var memories = new Tensor[steps];
        for (var step = 0; step < steps; step++)
        {
            memory = keeps.Length > 0 ? memory * keeps[step] : memory;
            var (given, kept) = (gates[step].chunk(3, 1), nn.functional.linear(memory, recurrent[1].Weight, recurrent[1].Bias).chunk(3, 1));
            var (reset, update) = (given[0].Plus(kept[0]).sigmoid(), given[1].Plus(kept[1]).sigmoid());
            var proposal = given[2].Plus(reset * kept[2]).tanh();
            memory = proposal.Plus(update * (memory - proposal));
            memories[step] = memory;
        }

        return cat(memories, 0);
    }

    private Tensor Parameter(int offset, params long[] shape)
    {
        var length = shape.Aggregate((a, b) => a * b);
        var parameter = values.narrow(0, offset, length).view(shape).detach().requires_grad_(true);
        parameter.grad = gradients.narrow(0, offset, length).view(shape);
        return parameter.DetachFromDisposeScope();
    }

    private void Refresh()
    {
        if (device.type != DeviceType.CPU && version != parameters.Version)
        {
            using var _ = no_grad();
            values.copy_(hostValues);
            version = parameters.Version;
        }
    }
}
