using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Leading;

namespace Marl.Actors.Clustering;

/// <summary>Shares roles out among worker processes.</summary>
internal static class RoleSplit
{
    /// <summary>
    /// With workers enough, each role has one of its own and those left over simulate; with fewer, they take turns.
    /// </summary>
    /// <param name="roles">What the pipeline needs.</param>
    /// <param name="workers">How many there are, at least 1.</param>
    public static Values<Values<string>> Of(Values<string> roles, int workers)
    {
        var shares = Enumerable.Range(0, workers).Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < roles.Count; i++)
        {
            shares[i % workers].Add(roles[i]);
        }

        var spare = roles.Contains(Roles.Simulate) ? Roles.Simulate : roles[0];
        return [.. shares.Select<List<string>, Values<string>>(s => s.Count > 0 ? [.. s] : [spare])];
    }
}
