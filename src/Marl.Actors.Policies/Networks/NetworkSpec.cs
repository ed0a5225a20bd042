using Marl.Actors.Core.Results;

namespace Marl.Actors.Policies.Networks;

/// <summary>The nonlinearity between layers.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>
/// A multilayer perceptron as a value. Its parameters are one flat vector: for each layer the weight [outputs, inputs]
/// row-major (as Torch keeps it), then the bias [outputs].
/// </summary>
/// <param name="Inputs">Width of the input.</param>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Outputs">Width of the output, which has no nonlinearity.</param>
/// <param name="Activation">Between layers.</param>
public sealed record NetworkSpec(int Inputs, Values<int> Hidden, int Outputs, Activation Activation)
{
    /// <summary>The layers, first to last, with their places in the flat vector.</summary>
    public Values<LayerSpec> Layers { get; } = LayersOf(Inputs, Hidden, Outputs);

    /// <summary>Length of the flat vector.</summary>
    public int Parameters => Layers[^1].End;

    private static Values<LayerSpec> LayersOf(int inputs, Values<int> hidden, int outputs)
    {
        var layers = new List<LayerSpec>();
        var offset = 0;
        foreach (var width in hidden.Append(outputs))
        {
            layers.Add(new(inputs, width, offset));
            offset = layers[^1].End;
            inputs = width;
        }

        return layers.ToValues();
    }
}

/// <summary>One affine layer of a network.</summary>
/// <param name="Inputs">Width of its input.</param>
/// <param name="Outputs">Width of its output.</param>
/// <param name="Offset">Where its weight begins in the flat vector.</param>
public readonly record struct LayerSpec(int Inputs, int Outputs, int Offset)
{
    /// <summary>Where its bias begins.</summary>
    public int Bias => Offset + (Inputs * Outputs);

    /// <summary>One past its last parameter.</summary>
    public int End => Bias + Outputs;
}
