using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Files;

internal static class Policies
{
    public static SavedPolicy Make(string group, int inputs, Values<int> hidden, int actions, Activation activation, int seed = 1)
    {
        var network = new NetworkSpec(inputs, hidden, actions, activation);
        var parameters = Initialisation.Orthogonal(network, 0.5, RandomKey.FromSeed(seed));
        foreach (var layer in network.Layers)
        {
            for (var i = layer.Bias; i < layer.End; i++)
            {
                parameters[i] = 0.01f * (i - layer.Bias) - 0.1f;
            }
        }

        return new(new(group, network, new Box(inputs), new Discrete(actions)), parameters);
    }
}
