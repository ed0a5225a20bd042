using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Policies.Networks;

/// <summary>
/// First parameters of a network: orthogonal weights, zero biases. Saxe, McClelland, Ganguli: Exact solutions to the nonlinear
/// dynamics of learning in deep linear neural networks, ICLR 2014; with the gains of Andrychowicz et al.: What matters in
/// on-policy reinforcement learning, ICLR 2021. The same key gives the same bits.
/// </summary>
public static class Initialisation
{
    /// <summary>The usual gain of hidden layers: √2.</summary>
    public const double HiddenGain = 1.4142135623730951;

    /// <summary>
    /// Parameters of a network: each weight [outputs, inputs] is its gain times a matrix whose rows (or columns, whichever are
    /// fewer) are orthonormal, uniformly distributed over all such matrices; each bias is 0.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="lastGain">Gain of the last layer: 0.01 for policies, so that they begin near uniform; 1 for critics.</param>
    /// <param name="key">Layer l draws from the key's child l, a recurrent unit from those of its maps' names.</param>
    /// <param name="hiddenGain">Gain of the other layers.</param>
    /// <returns>The flat vector of length <see cref="NetworkSpec.Parameters"/>.</returns>
    public static float[] Orthogonal(NetworkSpec network, double lastGain, RandomKey key, double hiddenGain = HiddenGain)
    {
        var parameters = new float[network.Parameters];
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var gain = i == network.Layers.Count - 1 ? lastGain : hiddenGain;
            Weight(layer, gain, key.Derive((ulong)i).Stream(), parameters.AsSpan(layer.Offset, layer.Inputs * layer.Outputs));
        }

        if (network.Recurrent is { } unit)
        {
            Gates(unit.Input, unit.Width, key.Derive("memory.input"), parameters);
            Gates(unit.Recurrent, unit.Width, key.Derive("memory.recurrent"), parameters);
        }

        return parameters;
    }

    /// <summary>
    /// Parameters of a network that talks: as for any other; the action's logits, words, gates and addresses begin near uniform,
    /// numbers, signatures and queries with a gain of 1.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="key">A map draws from the key's child of its name.</param>
    /// <returns>The flat vector of length <see cref="TalkNetwork.Parameters"/>.</returns>
    public static float[] Orthogonal(TalkNetwork network, RandomKey key)
    {
        var parameters = new float[network.Parameters];
        foreach (var (name, layer) in network.Maps)
        {
            var isChoice = layer == network.Head || network.Rounds.Any(r => layer == r.Gate || layer == r.Address || (layer == r.Speech && network.Talk.Speech == Speech.Words));
            var isMessage = network.Rounds.Any(r => layer == r.Speech || layer == r.Query);
            Weight(layer, isChoice ? 0.01 : isMessage ? 1 : HiddenGain, key.Derive(name).Stream(), parameters.AsSpan(layer.Offset, layer.Inputs * layer.Outputs));
        }

        return parameters;
    }

    /// <summary>
    /// Parameters of a network: weights and biases of a layer uniform in ±1/√inputs (LeCun et al.: Efficient backprop, 1998; what Torch
    /// begins linear layers with; for a recurrent unit 1/√width), the usual beginning of value networks.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="key">A map draws from the key's child of its name.</param>
    /// <returns>The flat vector of length <see cref="NetworkSpec.Parameters"/>.</returns>
    public static float[] Uniform(NetworkSpec network, RandomKey key)
    {
        var parameters = new float[network.Parameters];
        foreach (var (name, layer) in network.Maps)
        {
            var bound = 1 / Math.Sqrt(name.StartsWith("memory", StringComparison.Ordinal) ? network.Memory : layer.Inputs);
            var random = key.Derive(name).Stream();
            foreach (ref var parameter in parameters.AsSpan(layer.Offset..layer.End))
            {
                parameter = (float)random.Uniform(-bound, bound);
            }
        }

        return parameters;
    }

    /// <summary>The three gates of a recurrent unit, each orthogonal by itself, with a gain of 1.</summary>
    private static void Gates(LayerSpec map, int width, RandomKey key, Span<float> parameters)
    {
        for (var gate = 0; gate < 3; gate++)
        {
            var layer = new LayerSpec(map.Inputs, width, map.Offset + (gate * width * map.Inputs));
            Weight(layer, 1, key.Derive((ulong)gate).Stream(), parameters.Slice(layer.Offset, width * map.Inputs));
        }
    }

    /// <summary>One weight [outputs, inputs], row-major: <paramref name="gain"/> times orthonormal vectors along the shorter side.</summary>
    private static void Weight(LayerSpec layer, double gain, RandomStream random, Span<float> weight)
    {
        var isWide = layer.Inputs >= layer.Outputs;
        var (count, length) = isWide ? (layer.Outputs, layer.Inputs) : (layer.Inputs, layer.Outputs);
        var vectors = new double[count * length];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = random.NextNormal();
        }

        Orthonormalise(vectors, count, length);
        for (var row = 0; row < layer.Outputs; row++)
        {
            for (var column = 0; column < layer.Inputs; column++)
            {
                var entry = isWide ? (row * length) + column : (column * length) + row;
                weight[(row * layer.Inputs) + column] = (float)(gain * vectors[entry]);
            }
        }
    }

    /// <summary>
    /// Modified Gram–Schmidt on the rows of [count, length], count ≤ length, each row twice ("twice is enough": Giraud, Langou,
    /// Rozložník 2005). The triangular factor has a positive diagonal, so the result is uniform (Mezzadri 2007).
    /// </summary>
    private static void Orthonormalise(Span<double> vectors, int count, int length)
    {
        for (var i = 0; i < count; i++)
        {
            var vector = vectors.Slice(i * length, length);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    var other = vectors.Slice(j * length, length);
                    var overlap = Dot(vector, other);
                    for (var k = 0; k < length; k++)
                    {
                        vector[k] -= overlap * other[k];
                    }
                }
            }

            var norm = Math.Sqrt(Dot(vector, vector));
            for (var k = 0; k < length; k++)
            {
                vector[k] /= norm;
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
