using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments;

namespace Marl.Actors.Benchmarks.Worlds;

/// <summary>
/// Steps a second of bare worlds with random allowed actions on one thread: acting, stepping, resets, observations and masks
/// of all agents. A step is one joint step of one copy, a second one of processor time.
/// </summary>
internal static class WorldSpeed
{
    private const double Seconds = 2;

    /// <summary>Measures the worlds whose names contain the given text; all without one.</summary>
    public static int Run(string name, int copies)
    {
        Console.WriteLine($"{"world",-40} {"steps/s",12} {"agent steps/s",14}   {copies} copies, one thread, processor time");
        foreach (var component in BuiltInEnvironments.All.Where(c => c.Id.Contains(name, StringComparison.Ordinal)))
        {
            var world = BuiltInEnvironments.Create(component.Id, component.Options.Create(new Dictionary<string, object>()), copies);
            var loop = new Loop(world);
            loop.RunFor(0.5); // warm up
            var rate = loop.RunFor(Seconds);
            Console.WriteLine($"{component.Id,-40} {rate,12:N0} {rate * world.Spec.Agents.Count,14:N0}");
        }

        return 0;
    }

    /// <summary>Steps a second of one world, measured several times.</summary>
    public static IEnumerable<double> Rates(string id, int copies, int repetitions, double seconds, params (string Name, object Value)[] options)
    {
        var component = BuiltInEnvironments.All.Single(c => c.Id == id);
        var loop = new Loop(BuiltInEnvironments.Create(id, component.Options.Create(options.ToDictionary(o => o.Name, o => o.Value)), copies));
        loop.RunFor(2 * seconds); // warm up: after a second the code may not yet be the one that stays
        return [.. Enumerable.Range(0, repetitions).Select(_ => loop.RunFor(seconds))];
    }

    private sealed class Loop
    {
        private readonly IWorld world;
        private readonly float[] actions;
        private readonly int[] offsets;
        private readonly float[] rewards;
        private readonly float[] terminated;
        private readonly int[] lengths;
        private readonly float[][] observations;
        private readonly float[][] masks;
        private RandomStream random = RandomKey.FromSeed(1).Stream();

        public Loop(IWorld world)
        {
            this.world = world;
            var agents = world.Spec.Agents;
            offsets = [0, .. agents.Select((_, i) => agents.Take(i + 1).Sum(a => world.Copies * a.Action.Width))];
            actions = new float[offsets[^1]];
            rewards = new float[agents.Count * world.Copies];
            (terminated, lengths) = (new float[world.Copies], new int[world.Copies]);
            observations = [.. agents.Select(a => new float[world.Copies * a.Observation.Width])];
            masks = [.. agents.Select(a => new float[a is { HasMask: true, Action: Discrete d } ? world.Copies * d.Count : 0])];
            for (var copy = 0; copy < world.Copies; copy++)
            {
                world.Reset(copy, ref random);
            }

            Look();
        }

        public double RunFor(double seconds)
        {
            var (steps, begin) = (0L, Environment.CpuUsage.TotalTime);
            while ((Environment.CpuUsage.TotalTime - begin).TotalSeconds < seconds)
            {
                for (var i = 0; i < 20; i++)
                {
                    Step();
                }

                steps += 20L * world.Copies;
            }

            return steps / (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
        }

        private void Step()
        {
            for (var agent = 0; agent < observations.Length; agent++)
            {
                Choose(agent, actions.AsSpan(offsets[agent]..offsets[agent + 1]));
            }

            Array.Clear(rewards);
            Array.Clear(terminated);
            world.Step(new(actions, offsets, world.Copies), ref random, rewards, terminated);
            for (var copy = 0; copy < world.Copies; copy++)
            {
                if (terminated[copy] != 0 || ++lengths[copy] == world.Spec.MaxSteps)
                {
                    world.Reset(copy, ref random);
                    lengths[copy] = 0;
                }
            }

            Look();
        }

        private void Look()
        {
            for (var agent = 0; agent < observations.Length; agent++)
            {
                world.Observe(agent, observations[agent]);
                if (masks[agent].Length > 0)
                {
                    world.Mask(agent, masks[agent]);
                }
            }
        }

        private void Choose(int agent, Span<float> chosen)
        {
            if (world.Spec.Agents[agent].Action is not Discrete discrete)
            {
                foreach (ref var number in chosen)
                {
                    number = random.NextSingle();
                }

                return;
            }

            var mask = masks[agent];
            for (var copy = 0; copy < chosen.Length; copy++)
            {
                var action = random.NextInt(discrete.Count);
                while (mask.Length > 0 && mask[(copy * discrete.Count) + action] == 0)
                {
                    action = random.NextInt(discrete.Count);
                }

                chosen[copy] = action;
            }
        }
    }
}
