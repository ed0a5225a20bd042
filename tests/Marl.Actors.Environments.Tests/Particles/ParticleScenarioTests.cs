using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Environments.Particles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Particles;

/// <summary>What the recordings of the particle worlds leave open: how episodes begin, other numbers of agents, limits of speed.</summary>
public sealed class ParticleScenarioTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    // Mean returns of uniformly random agents in the reference, with their standard errors (0.3 where none was recorded).
    [Theory]
    [InlineData("simple-tag", 0, 4.05, 0.16)]
    [InlineData("simple-tag", 3, -15.63, 0.31)]
    [InlineData("simple-adversary", 0, -28.39, 0.2)]
    [InlineData("simple-adversary", 2, 7.49, 0.24)]
    [InlineData("simple-push", 0, 0.15, 0.28)]
    [InlineData("simple-push", 1, -28.36, 0.2)]
    [InlineData("simple-reference", -1, -57.2, 0.3)]
    public void Random_agents_earn_what_they_do_in_the_reference(string name, int agent, double reference, double error)
    {
        const int episodes = 4096;
        var runner = Started(name, episodes);
        var returns = new double[episodes];
        for (var t = 0; t < 25; t++)
        {
            runner.Choose(Key, t);
            runner.Step(Key, t);
            for (var copy = 0; copy < episodes; copy++)
            {
                returns[copy] += agent >= 0 ? runner.Rewards[(agent * episodes) + copy] : runner.Rewards[copy] + runner.Rewards[episodes + copy];
            }
        }

        var mean = returns.Average();
        var own = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / episodes / episodes);
        Assert.InRange(mean, reference - (3 * Math.Sqrt((error * error) + (own * own))), reference + (3 * Math.Sqrt((error * error) + (own * own))));
    }

    [Theory]
    [InlineData("simple-tag", 0.9)]
    [InlineData("simple-world-comm", 0.9)]
    [InlineData("simple-adversary", 1)]
    public void Landmarks_begin_in_their_square(string name, double reach)
    {
        var world = (ParticleWorld)Started(name, copies: 500).World;
        var first = world.Scene.Agents.Count;
        var landmarks = Enumerable.Range(first, world.Scene.Landmarks.Count)
            .SelectMany(b => Enumerable.Range(0, 500).SelectMany(c => new[] { world.Particles.X[world.Particles.At(b, c)], world.Particles.Y[world.Particles.At(b, c)] }))
            .ToArray();
        Assert.InRange(landmarks.Max(), reach * 0.95, reach);
        Assert.InRange(landmarks.Min(), -reach, -reach * 0.95);
        Assert.InRange(Enumerable.Range(0, 500).Max(c => Math.Abs(world.Particles.X[world.Particles.At(0, c)])), 0.95, 1);
    }

    [Fact]
    public void Nobody_in_tag_is_faster_than_its_limit()
    {
        var runner = Started("simple-tag", copies: 8);
        var world = (ParticleWorld)runner.World;
        var fastest = new double[4];
        for (var t = 0; t < 30; t++)
        {
            for (var agent = 0; agent < 4; agent++)
            {
                runner.Act(agent, 3, agent + 1); // each its own way
            }

            runner.Step(Key, t);
            for (var agent = 0; agent < 4; agent++)
            {
                var at = world.Particles.At(agent, 3);
                fastest[agent] = Math.Max(fastest[agent], Math.Sqrt(Math.Pow(world.Particles.VelocityX[at], 2) + Math.Pow(world.Particles.VelocityY[at], 2)));
            }
        }

        Assert.All(fastest[..3], speed => Assert.Equal(1, speed, 12));
        Assert.Equal(1.3, fastest[3], 12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.89, 0)]
    [InlineData(0.95, 0.5)]
    [InlineData(1, 1)]
    [InlineData(-1.5, 2.718281828459045)]
    [InlineData(3, 10)]
    public void Leaving_the_field_has_its_price(double x, double price) => Assert.Equal(price, SimpleTag.Beyond(x), 12);

    [Fact]
    public void In_tag_every_catch_pays_all_adversaries_and_costs_the_caught()
    {
        var world = new SimpleTag(new(Good: 2, Adversaries: 2, Obstacles: 1), copies: 1);
        var runner = new WorldRunner(world);
        (double X, double Y)[] places = [(0, 0), (0.1, 0), (0.05, 0.01), (0.95, -0.5), (-0.7, -0.7)];
        for (var body = 0; body < places.Length; body++)
        {
            world.Particles.Place(0, body, places[body].X, places[body].Y);
        }

        runner.Step(Key, 0);
        runner.See();
        Assert.Equal([20, 20], runner.Rewards[..2]);
        Assert.Equal(-20, runner.Rewards[2], 4);
        Assert.Equal(-0.5, runner.Rewards[3], 4);
        Assert.Equal([4 + 2 + 6 + 4, 4 + 2 + 6 + 2], new[] { runner.Observations[0].Length, runner.Observations[3].Length });
        Assert.Equal([0.95f, -0.5f], runner.Observations[3][2..4]);
        Assert.Equal([-1.65f, -0.2f], runner.Observations[3][4..6]);
    }

    [Fact]
    public void Reference_agents_move_and_speak_in_one_action()
    {
        var runner = Started("simple-reference", copies: 1);
        var world = (ParticleWorld)runner.World;
        Assert.Equal(new Discrete(50), world.Spec.Agents[0].Action);
        runner.Act(0, 0, (5 * 7) + 2);
        runner.Act(1, 0, (5 * 9) + 3);
        runner.Step(Key, 0);
        runner.See();
        Assert.Equal(0.5, world.Particles.VelocityX[world.Particles.At(0, 0)], 12);
        Assert.Equal(-0.5, world.Particles.VelocityY[world.Particles.At(1, 0)], 12);
        Assert.Equal(9, Array.IndexOf(runner.Observations[0][11..], 1));
        Assert.Equal(7, Array.IndexOf(runner.Observations[1][11..], 1));
    }

    [Fact]
    public void Goals_are_drawn_from_all_landmarks()
    {
        foreach (var (name, landmarks) in new[] { ("simple-adversary", 2), ("simple-reference", 3), ("simple-push", 2), ("simple-crypto", 2) })
        {
            var runner = Started(name, copies: 200);
            var world = (ParticleWorld)runner.World;
            var colours = Enumerable.Range(0, 200).SelectMany(c => world.Draw(c).Select(d => d.Colour)).Distinct().Count();
            Assert.True(colours > 1, name);
            runner.See();
            var goalWidth = runner.Observations[^1].Length / 200;
            Assert.True(runner.Observations[^1].Chunk(goalWidth).Select(row => string.Join(' ', row)).Distinct().Count() >= landmarks, name);
        }
    }

    private static WorldRunner Started(string name, int copies)
    {
        var component = BuiltInEnvironments.All.Single(c => c.Id == "environment/" + name);
        var runner = new WorldRunner(BuiltInEnvironments.Create(component.Id, component.Options.Create(new Dictionary<string, object>()), copies));
        runner.Reset(Key);
        return runner;
    }
}
