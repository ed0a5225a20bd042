using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Navigation;
using Xunit;

namespace Marl.Actors.Environments.Tests.Navigation;

/// <summary>Agents find those near them by cells; they must see the same as if they asked everybody.</summary>
public sealed class NearestAgentsTests
{
    private const int FirstAgent = 11; // in the row: three numbers of its own, two landmarks of four

    [Theory]
    [InlineData(4, 1, 1.0)]
    [InlineData(16, 4, 1.0)]
    [InlineData(64, 8, 0.6)]
    [InlineData(100, 1, 2.0)]
    public void Cells_show_the_same_as_asking_everybody(int agents, int group, double sight)
    {
        const int copies = 3;
        var options = new TeamNavigationOptions(agents, group, sight, MaxSteps: 1000);
        var world = new TeamNavigation(options, copies);
        var random = RandomKey.FromSeed(5).Stream();
        for (var copy = 0; copy < copies; copy++)
        {
            world.Reset(copy, ref random);
        }

        var (actions, rewards, terminated) = (new float[agents * copies], new float[agents * copies], new float[copies]);
        int[] offsets = [.. Enumerable.Range(0, agents + 1).Select(i => i * copies)];
        var (state, row) = (new float[copies * 5 * agents], new float[copies * LocalView.Width]);
        for (var step = 0; step < 60; step++)
        {
            world.State(state);
            for (var agent = 0; agent < agents; agent++)
            {
                world.Observe(agent, row);
                for (var copy = 0; copy < copies; copy++)
                {
                    var seen = row.AsSpan(copy * LocalView.Width, LocalView.Width)[FirstAgent..];
                    Assert.Equal(Nearest(state.AsSpan(copy * 5 * agents, 2 * agents), agent, agents, options.Side, sight), seen.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-4f);
                }
            }

            for (var i = 0; i < actions.Length; i++)
            {
                actions[i] = random.NextInt(5);
            }

            world.Step(new(actions, offsets, copies), ref random, rewards, terminated);
        }
    }

    /// <summary>Of the two nearest within sight: 1, and the way there in units of the sight.</summary>
    private static float[] Nearest(ReadOnlySpan<float> places, int agent, int agents, int side, double sight)
    {
        var found = new List<(double Distance, double X, double Y)>();
        for (var other = 0; other < agents; other++)
        {
            var (dx, dy) = ((places[2 * other] - places[2 * agent]) * side / 2.0, (places[(2 * other) + 1] - places[(2 * agent) + 1]) * side / 2.0);
            if (other != agent && Math.Sqrt((dx * dx) + (dy * dy)) <= sight)
            {
                found.Add(((dx * dx) + (dy * dy), dx, dy));
            }
        }

        return [.. found.OrderBy(f => f.Distance).Take(2).SelectMany(f => new[] { 1, (float)(f.X / sight), (float)(f.Y / sight) }).Concat(Enumerable.Repeat(0f, 6)).Take(6)];
    }
}
