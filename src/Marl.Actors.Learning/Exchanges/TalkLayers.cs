using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Marl.Actors.Learning.Exchanges;

/// <summary>The maps of a <see cref="TalkNetwork"/> on Torch: tensors over the memory of the flat vectors, so that a backward pass adds into them.</summary>
internal sealed class TalkLayers : IDisposable
{
    private readonly Dictionary<LayerSpec, (Tensor Weight, Tensor Bias)> maps;

    /// <param name="network">The network.</param>
    /// <param name="parameters">The learner's vector.</param>
    /// <param name="offset">Where the network begins in it.</param>
    public TalkLayers(TalkNetwork network, FlatParameters parameters, int offset)
    {
        Network = network;
        using var scope = NewDisposeScope();
        var (values, gradients) = (frombuffer(parameters.ValueArray, ScalarType.Float32), frombuffer(parameters.GradientArray, ScalarType.Float32));
        maps = network.Maps.ToDictionary(m => m.Layer, m => (
            Parameter(values, gradients, offset + m.Layer.Offset, m.Layer.Outputs, m.Layer.Inputs), Parameter(values, gradients, offset + m.Layer.Bias, m.Layer.Outputs)));
    }

    /// <summary>The network.</summary>
    public TalkNetwork Network { get; }

    /// <summary>One map: [.., inputs] to [.., outputs].</summary>
    public Tensor Run(LayerSpec map, Tensor x) => nn.functional.linear(x, maps[map].Weight, maps[map].Bias);

    /// <summary>The nonlinearity behind layers and rounds.</summary>
    public Tensor Activate(Tensor x) => Network.Network.Activation == Activation.Relu ? nn.functional.relu(x) : x.tanh();

    public void Dispose()
    {
        foreach (var (weight, bias) in maps.Values)
        {
            weight.Dispose();
            bias.Dispose();
        }
    }

    private static Tensor Parameter(Tensor values, Tensor gradients, int offset, params long[] shape)
    {
        var length = shape.Aggregate((a, b) => a * b);
        var parameter = values.narrow(0, offset, length).view(shape).detach().requires_grad_(true);
        parameter.grad = gradients.narrow(0, offset, length).view(shape);
        return parameter.DetachFromDisposeScope();
    }
}
