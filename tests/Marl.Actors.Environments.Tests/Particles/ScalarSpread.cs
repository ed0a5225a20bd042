using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Particles;

namespace Marl.Actors.Environments.Tests.Particles;

/// <summary>
/// simple-spread written down a second time, one world and one number at a time, straight from the published equations: what
/// the vectorised world is compared with for numbers of agents and orders that no recording has.
/// </summary>
internal sealed class ScalarSpread(int agents, IntegrationOrder order, double localRatio)
{
    public double[][] Positions { get; } = [.. Enumerable.Range(0, 2 * agents).Select(_ => new double[2])];

    public double[][] Velocities { get; } = [.. Enumerable.Range(0, agents).Select(_ => new double[2])];

    /// <summary>How often two agents were in each other.</summary>
    public int Contacts { get; private set; }

    public void Reset(ref RandomStream random, double range)
    {
        foreach (var position in Positions)
        {
            (position[0], position[1]) = (random.Uniform(-range, range), random.Uniform(-range, range));
        }

        foreach (var velocity in Velocities)
        {
            (velocity[0], velocity[1]) = (0, 0);
        }
    }

    public void Step(IReadOnlyList<int> actions)
    {
        double[][] pushes = [[0, 0], [-5, 0], [5, 0], [0, -5], [0, 5]];
        var forces = actions.Select(a => pushes[a].ToArray()).ToArray();
        for (var i = 0; i < agents; i++)
        {
            for (var j = 0; j < agents; j++)
            {
                if (i != j)
                {
                    var distance = Distance(Positions[i], Positions[j]);
                    var depth = (0.3 - distance) / 0.001;
                    Contacts += depth > 0 ? 1 : 0;
                    var softened = depth > 30 ? depth + Math.Exp(-depth) : Math.Log(1 + Math.Exp(depth));
                    for (var axis = 0; axis < 2; axis++)
                    {
                        forces[i][axis] += 100 * 0.001 * softened * (Positions[i][axis] - Positions[j][axis]) / distance;
                    }
                }
            }
        }

        for (var i = 0; i < agents; i++)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                var before = Velocities[i][axis];
                Velocities[i][axis] = (before * 0.75) + (forces[i][axis] * 0.1);
                Positions[i][axis] += 0.1 * (order == IntegrationOrder.PositionFirst ? before : Velocities[i][axis]);
            }
        }
    }

    public double Reward(int agent)
    {
        var team = -Positions.Skip(agents).Sum(l => Positions.Take(agents).Min(a => Distance(a, l)));
        var collisions = Enumerable.Range(0, agents).Count(o => o != agent && Distance(Positions[o], Positions[agent]) < 0.3);
        return (team * (1 - localRatio)) - (collisions * localRatio);
    }

    public double[] Observe(int agent) =>
    [
        .. Velocities[agent],
        .. Positions[agent],
        .. Positions.Skip(agents).SelectMany(l => Relative(l, agent)),
        .. Positions.Take(agents).Where((_, i) => i != agent).SelectMany(o => Relative(o, agent)),
        .. new double[2 * (agents - 1)],
    ];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(((a[0] - b[0]) * (a[0] - b[0])) + ((a[1] - b[1]) * (a[1] - b[1])));

    private double[] Relative(double[] position, int agent) => [position[0] - Positions[agent][0], position[1] - Positions[agent][1]];
}
