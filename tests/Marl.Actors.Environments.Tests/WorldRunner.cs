using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Tests;

/// <summary>Steps a bare world with actions that depend on nothing but a key, the time and the copy.</summary>
internal sealed class WorldRunner
{
    private readonly int[] offsets;

    public WorldRunner(IWorld world)
    {
        World = world;
        var agents = world.Spec.Agents;
        offsets = new int[agents.Count + 1];
        for (var agent = 0; agent < agents.Count; agent++)
        {
            offsets[agent + 1] = offsets[agent] + (world.Copies * agents[agent].Action.Width);
        }

        Actions = new float[offsets[^1]];
        Rewards = new float[agents.Count * world.Copies];
        Terminated = new float[world.Copies];
        Observations = [.. agents.Select(a => new float[world.Copies * a.Observation.Width])];
        Masks = [.. agents.Select(a => new float[world.Copies * a.Action.Match(discrete => discrete.Count, box => box.Length)])];
        Active = new float[world.Copies];
        State = new float[world.Copies * world.Spec.StateWidth * (world.Spec.View == StateView.Joint ? 1 : agents.Count)];
    }

    public IWorld World { get; }

    public float[] Actions { get; }

    public float[] Rewards { get; }

    public float[] Terminated { get; }

    public float[][] Observations { get; }

    public float[][] Masks { get; }

    public float[] Active { get; }

    public float[] State { get; }

    public void Reset(RandomKey key, Func<int, int>? identity = null)
    {
        for (var copy = 0; copy < World.Copies; copy++)
        {
            var random = key.Derive("reset").Derive((ulong)(identity?.Invoke(copy) ?? copy)).Stream();
            World.Reset(copy, ref random);
        }
    }

    /// <summary>Random actions of step <paramref name="t"/>; a copy's depend on its identity only.</summary>
    public void Choose(RandomKey key, int t, Func<int, int>? identity = null)
    {
        for (var copy = 0; copy < World.Copies; copy++)
        {
            var random = key.Derive("act").Derive((ulong)t).Derive((ulong)(identity?.Invoke(copy) ?? copy)).Stream();
            for (var agent = 0; agent < offsets.Length - 1; agent++)
            {
                var space = World.Spec.Agents[agent].Action;
                for (var i = 0; i < space.Width; i++)
                {
                    Actions[offsets[agent] + (copy * space.Width) + i] = space is Discrete d ? random.NextInt(d.Count) : random.NextSingle();
                }
            }
        }
    }

    public void Act(int agent, int copy, params ReadOnlySpan<float> action) =>
        action.CopyTo(Actions.AsSpan(offsets[agent] + (copy * action.Length)));

    public void Step(RandomKey key, int t)
    {
        var random = key.Derive("step").Derive((ulong)t).Stream();
        Array.Clear(Rewards);
        Array.Clear(Terminated);
        World.Step(new(Actions, offsets, World.Copies), ref random, Rewards, Terminated);
    }

    public void See()
    {
        for (var agent = 0; agent < Observations.Length; agent++)
        {
            Array.Fill(Observations[agent], float.NaN); // whatever a world doesn't write shows
            World.Observe(agent, Observations[agent]);
        }

        Array.Fill(State, float.NaN);
        World.State(State);
    }

    /// <summary>Everything visible of one copy.</summary>
    public float[] Visible(int copy)
    {
        var state = State.Length / World.Copies;
        return
        [
            .. Observations.SelectMany(o => o.Skip(copy * (o.Length / World.Copies)).Take(o.Length / World.Copies)),
            .. State.Skip(copy * state).Take(state),
            .. Enumerable.Range(0, World.Spec.Agents.Count).Select(a => Rewards[(a * World.Copies) + copy]),
            Terminated[copy],
        ];
    }

    /// <summary>Everything visible of all copies, step by step.</summary>
    public List<float[]> Play(RandomKey key, int from, int steps, Func<int, int>? identity = null)
    {
        var seen = new List<float[]>();
        for (var t = from; t < from + steps; t++)
        {
            Choose(key, t, identity);
            Step(key, t);
            See();
            seen.Add([.. Enumerable.Range(0, World.Copies).SelectMany(Visible)]);
        }

        return seen;
    }
}
