using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>What a network sees of one agent: its observation, and behind it, where the policy says so, which agent of its group it is.</summary>
public static class ObservationRows
{
    /// <summary>Writes the rows of one agent.</summary>
    /// <param name="policy">The agent's policy.</param>
    /// <param name="agent">Its place in the group, from 0.</param>
    /// <param name="observations">[rows, width].</param>
    /// <param name="target">To fill: a row of the network's inputs at the beginning of every <paramref name="stride"/> floats.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    public static void Write(PolicySpec policy, int agent, ReadOnlySpan<float> observations, Span<float> target, int stride)
    {
        var width = policy.Observation.Width;
        var rows = observations.Length / width;
        for (var row = 0; row < rows; row++)
        {
            Write(policy, agent, observations.Slice(row * width, width), target[(row * stride)..]);
        }
    }

    /// <summary>Writes one row.</summary>
    public static void Write(PolicySpec policy, int agent, ReadOnlySpan<float> observation, Span<float> target)
    {
        observation.CopyTo(target);
        if (policy.Identities > 0)
        {
            var identity = target.Slice(observation.Length, policy.Identities);
            identity.Clear();
            identity[agent] = 1;
        }
    }
}
