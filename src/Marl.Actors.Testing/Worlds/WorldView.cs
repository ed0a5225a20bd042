using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Contracts;

namespace Marl.Actors.Testing.Worlds;

/// <summary>All that a world shows at one moment, checked against its spaces.</summary>
internal sealed class WorldView
{
    private readonly IWorld world;
    private readonly WorldSpec spec;
    private readonly float[][] observations;
    private readonly float[][] masks;
    private readonly float[][] active;
    private readonly float[] state;
    private readonly List<ContractFinding>? findings;

    public WorldView(IWorld world, List<ContractFinding>? findings)
    {
        (this.world, this.findings) = (world, findings);
        spec = world.Spec;
        var agents = spec.Agents;
        observations = [.. agents.Select(a => new float[world.Copies * a.Observation.Width])];
        masks = [.. agents.Select(a => new float[a is { HasMask: true, Action: Discrete d } ? world.Copies * d.Count : 0])];
        active = [.. agents.Select(_ => new float[spec.FixedRoster ? 0 : world.Copies])];
        state = new float[world.Copies * spec.StateWidth * (spec.View == StateView.PerAgent ? agents.Count : 1)];
    }

    /// <summary>Asks the world for everything. What it does not write stays NaN, which no space contains.</summary>
    public void Look()
    {
        for (var agent = 0; agent < observations.Length; agent++)
        {
            Ask(observations[agent], span => world.Observe(agent, span));
            Ask(masks[agent], span => world.Mask(agent, span));
            Ask(active[agent], span => world.Active(agent, span));
            if (findings is not null)
            {
                Check(agent);
            }
        }

        Ask(state, world.State);
        if (state.Any(float.IsNaN))
        {
            findings?.Add(new("state-is-written-whole", "The state has numbers that are NaN or were never written."));
        }
    }

    /// <summary>What an agent sees in the first copy.</summary>
    public ReadOnlySpan<float> Observation(int agent) => Row(observations[agent], 0);

    /// <summary>What an agent may do in the first copy.</summary>
    public ReadOnlySpan<float> Mask(int agent) => Row(masks[agent], 0);

    /// <summary>What a critic may see of the first copy.</summary>
    public ReadOnlySpan<float> State => Row(state, 0);

    public bool IsActive(int agent, int copy) => active[agent].Length == 0 || active[agent][copy] != 0;

    /// <summary>The first allowed action from <paramref name="first"/> on, around.</summary>
    public int Allowed(int agent, int copy, int first, int count)
    {
        for (var i = 0; i < count && masks[agent].Length > 0; i++)
        {
            var action = (first + i) % count;
            if (masks[agent][(copy * count) + action] == 1)
            {
                return action;
            }
        }

        return first;
    }

    public ulong Digest()
    {
        var hash = WorldPlay.Mix(WorldPlay.Start, state);
        for (var agent = 0; agent < observations.Length; agent++)
        {
            hash = WorldPlay.Mix(WorldPlay.Mix(WorldPlay.Mix(hash, observations[agent]), masks[agent]), active[agent]);
        }

        return hash;
    }

    public ulong[] CopyDigests()
    {
        var digests = new ulong[world.Copies];
        for (var copy = 0; copy < world.Copies; copy++)
        {
            var hash = WorldPlay.Mix(WorldPlay.Start, Row(state, copy));
            for (var agent = 0; agent < observations.Length; agent++)
            {
                hash = WorldPlay.Mix(WorldPlay.Mix(hash, Row(observations[agent], copy)), Row(masks[agent], copy));
            }

            digests[copy] = hash;
        }

        return digests;
    }

    private ReadOnlySpan<float> Row(float[] values, int copy)
    {
        var width = values.Length / world.Copies;
        return values.AsSpan(copy * width, width);
    }

    private delegate void Writer(Span<float> target);

    private static void Ask(float[] target, Writer write)
    {
        if (target.Length > 0)
        {
            Array.Fill(target, float.NaN);
            write(target);
        }
    }

    private void Check(int agent)
    {
        var who = spec.Agents[agent];
        if (!observations[agent].All(value => Contains(who.Observation, value)))
        {
            findings!.Add(new("observations-are-in-their-space", $"Agent '{who.Name}' saw something outside {who.Observation}, or a number that was never written."));
        }

        if (active[agent].Any(flag => flag is not (0 or 1)))
        {
            findings!.Add(new("flags-are-0-or-1", $"An active flag of agent '{who.Name}' is neither 0 nor 1."));
        }

        if (masks[agent].Any(flag => flag is not (0 or 1)))
        {
            findings!.Add(new("flags-are-0-or-1", $"A mask of agent '{who.Name}' has a number that is neither 0 nor 1."));
        }

        for (var copy = 0; copy < world.Copies && masks[agent].Length > 0; copy++)
        {
            var allowed = Row(masks[agent], copy).Count(1f);
            if (IsActive(agent, copy) && allowed == 0)
            {
                findings!.Add(new("some-action-is-allowed", $"The mask of agent '{who.Name}' forbids every action though the agent is to act."));
            }

            if (!IsActive(agent, copy) && allowed != 1)
            {
                findings!.Add(new("waiting-is-one-action", $"The mask of agent '{who.Name}' allows {allowed} actions though the agent is not active; it should allow exactly one."));
            }
        }
    }

    private static bool Contains(Space space, float value) => space.Match(
        discrete => value >= 0 && value < discrete.Count && value == MathF.Truncate(value),
        box => value >= box.Low && value <= box.High && !float.IsInfinity(value));
}
