using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Networks;

public class InitialisationTests
{
    private static readonly NetworkSpec Network = new(18, [64, 32], 5, Activation.Relu);

    [Fact]
    public void Weights_are_orthonormal_along_their_shorter_side_times_the_gain()
    {
        var parameters = Initialisation.Orthogonal(Network, 0.01, RandomKey.FromSeed(1));
        for (var i = 0; i < Network.Layers.Count; i++)
        {
            var layer = Network.Layers[i];
            var gain = i == 2 ? 0.01 : Math.Sqrt(2);
            var isWide = layer.Inputs >= layer.Outputs;
            double Entry(int row, int column) => parameters[layer.Offset + (row * layer.Inputs) + column];
            for (var a = 0; a < Math.Min(layer.Inputs, layer.Outputs); a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    var dot = Enumerable.Range(0, Math.Max(layer.Inputs, layer.Outputs)).Sum(k => isWide ? Entry(a, k) * Entry(b, k) : Entry(k, a) * Entry(k, b));
                    Assert.Equal(a == b ? 1 : 0, dot / (gain * gain), 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Biases_are_zero()
    {
        var parameters = Initialisation.Orthogonal(Network, 1, RandomKey.FromSeed(1));
        Assert.All(Network.Layers, layer => Assert.All(parameters[layer.Bias..layer.End], bias => Assert.Equal(0, bias)));
    }

    [Fact]
    public void One_key_gives_the_same_bits_and_another_gives_others()
    {
        var first = Initialisation.Orthogonal(Network, 1, RandomKey.FromSeed(7));
        Assert.Equal(first, Initialisation.Orthogonal(Network, 1, RandomKey.FromSeed(7)));
        Assert.NotEqual(first, Initialisation.Orthogonal(Network, 1, RandomKey.FromSeed(8)));
    }

    [Fact]
    public void Layers_of_one_shape_differ()
    {
        var network = new NetworkSpec(8, [8, 8], 8, Activation.Tanh);
        var parameters = Initialisation.Orthogonal(network, 1, RandomKey.FromSeed(1));
        Assert.NotEqual(parameters[network.Layers[0].Offset..network.Layers[0].Bias], parameters[network.Layers[1].Offset..network.Layers[1].Bias]);
    }

    /// <summary>Entries of a uniform orthonormal n × n matrix have mean 0 and variance 1 / n, also on the diagonal.</summary>
    [Fact]
    public void Directions_are_uniform()
    {
        var network = new NetworkSpec(4, [], 4, Activation.Tanh);
        var diagonal = Enumerable.Range(0, 4000).SelectMany(seed =>
        {
            var parameters = Initialisation.Orthogonal(network, 1, RandomKey.FromSeed(seed));
            return Enumerable.Range(0, 4).Select(i => (double)parameters[i * 5]);
        }).ToArray();
        Assert.InRange(diagonal.Average(), -0.02, 0.02); // deviation of the mean: 0.5 / √16000 = 0.004
        Assert.InRange(diagonal.Average(x => x * x), 0.24, 0.26);
    }
}
