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
/// A multilayer perceptron as a value, with or without a memory: a gated recurrent unit before the last layer. Its parameters are
/// one flat vector: for each layer the weight [outputs, inputs] row-major (as Torch keeps it), then the bias [outputs].
/// </summary>
/// <param name="Inputs">Width of the input.</param>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Outputs">Width of the output, which has no nonlinearity.</param>
/// <param name="Activation">Between layers.</param>
/// <param name="Memory">Width of the recurrent unit; 0 for none.</param>
public sealed record NetworkSpec(int Inputs, Values<int> Hidden, int Outputs, Activation Activation, int Memory = 0)
{
    /// <summary>The layers of the perceptron, first to last, with their places in the flat vector.</summary>
    public Values<LayerSpec> Layers { get; } = LayersOf(Inputs, Hidden, Outputs, Memory);

    /// <summary>The recurrent unit before the last layer, which takes what the layers before it give; null without.</summary>
    public RecurrentSpec? Recurrent => Memory == 0 ? null : RecurrentSpec.Before(Layers[^1], Hidden.Count > 0 ? Hidden[^1] : Inputs);

    /// <summary>All affine maps in the order of the flat vector, with the names that files give them.</summary>
    public IEnumerable<(string Name, LayerSpec Layer)> Maps => Layers
        .SkipLast(1).Select((layer, i) => ($"layers.{i}", layer))
        .Concat(Recurrent is { } unit ? [("memory.input", unit.Input), ("memory.recurrent", unit.Recurrent)] : [])
        .Append(($"layers.{Layers.Count - 1}", Layers[^1]));

    /// <summary>Length of the flat vector.</summary>
    public int Parameters => Layers[^1].End;

    private static Values<LayerSpec> LayersOf(int inputs, Values<int> hidden, int outputs, int memory)
    {
        var layers = new List<LayerSpec>();
        var offset = 0;
        foreach (var width in hidden)
        {
            layers.Add(new(inputs, width, offset));
            offset = layers[^1].End;
            inputs = width;
        }

        layers.Add(memory == 0 ? new(inputs, outputs, offset) : new(memory, outputs, offset + RecurrentSpec.Length(inputs, memory)));
        return layers.ToValues();
    }
}

/// <summary>
/// A gated recurrent unit (Cho et al.: Learning phrase representations using RNN encoder–decoder, EMNLP 2014), as Torch computes it:
/// with x the input and h the memory, r = σ(W_r x + b_r + U_r h + c_r), z = σ(W_z x + b_z + U_z h + c_z),
/// n = tanh(W_n x + b_n + r ⊙ (U_n h + c_n)), h′ = (1 − z) ⊙ n + z ⊙ h.
/// </summary>
/// <param name="Input">W and b of the three gates, r, z, n, one below the other.</param>
/// <param name="Recurrent">U and c.</param>
public readonly record struct RecurrentSpec(LayerSpec Input, LayerSpec Recurrent)
{
    /// <summary>Width of the memory.</summary>
    public int Width => Recurrent.Inputs;

    /// <summary>Parameters of a unit.</summary>
    internal static int Length(int inputs, int width) => 3 * width * (inputs + width + 2);

    /// <summary>The unit that stands before a layer.</summary>
    internal static RecurrentSpec Before(LayerSpec last, int inputs)
    {
        var width = last.Inputs;
        var first = new LayerSpec(inputs, 3 * width, last.Offset - Length(inputs, width));
        return new(first, new(width, 3 * width, first.End));
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
