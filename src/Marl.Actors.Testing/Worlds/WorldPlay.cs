using System.Runtime.InteropServices;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Contracts;

namespace Marl.Actors.Testing.Worlds;

/// <summary>
/// Plays a world as the world stage does: random allowed actions, resets at the end of episodes. Everything follows from the
/// key and the step, so two plays with one key must show the same.
/// </summary>
internal sealed class WorldPlay
{
    private const ulong Basis = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    private readonly IWorld world;
    private readonly WorldSpec spec;
    private readonly RandomKey key;
    private readonly WorldView view;
    private readonly float[] actions;
    private readonly int[] offsets;
    private readonly float[] rewards;
    private readonly float[] terminated;
    private readonly int[] lengths;
    private readonly int[] episodes;
    private readonly List<ContractFinding>? findings;
    private readonly LifeWatch? lives;
    private readonly float[] departed; // [agents, copies], by the last step; empty with a fixed roster
    private readonly bool[] ended; // by the last step
    private readonly bool isRestless;
    private int next;

    /// <param name="world">A fresh world.</param>
    /// <param name="key">Everything follows from it.</param>
    /// <param name="findings">Where to write what is wrong; null to look at nothing.</param>
    /// <param name="isRestless">Agents that are not active choose an action at random too, which the world is to ignore.</param>
    public WorldPlay(IWorld world, RandomKey key, List<ContractFinding>? findings = null, bool isRestless = false)
    {
        (this.world, this.key, this.findings, this.isRestless) = (world, key, findings, isRestless);
        spec = world.Spec;
        view = new(world, findings);
        offsets = new int[spec.Agents.Count + 1];
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            offsets[agent + 1] = offsets[agent] + (world.Copies * spec.Agents[agent].Action.Width);
        }

        actions = new float[offsets[^1]];
        rewards = new float[spec.Agents.Count * world.Copies];
        terminated = new float[world.Copies];
        lengths = new int[world.Copies];
        episodes = new int[world.Copies];
        ended = new bool[world.Copies];
        departed = new float[spec.FixedRoster ? 0 : rewards.Length];
        lives = findings is null || spec.FixedRoster ? null : new(spec, world.Copies, findings);
        ResetAll("begin");
    }

    /// <summary>What the world shows, as of the last look.</summary>
    public WorldView View => view;

    /// <summary>The last step ended the first copy's episode; what is seen now belongs to the next one.</summary>
    public bool HasEnded => ended[0];

    /// <summary>How the first copy's episode ended with the last step, in words; empty if it goes on.</summary>
    public string Ending => !HasEnded ? "" : terminated[0] != 0 ? ", terminated: a new episode begins" : ", truncated: a new episode begins";

    /// <summary>What an agent last did in the first copy.</summary>
    public ReadOnlySpan<float> Action(int agent) => actions.AsSpan(offsets[agent], spec.Agents[agent].Action.Width);

    /// <summary>What an agent last got in the first copy.</summary>
    public ReadOnlySpan<float> Reward(int agent) => rewards.AsSpan(agent * world.Copies, 1);

    /// <summary>An agent's own life ended with the last step in the first copy.</summary>
    public bool HasDeparted(int agent) => departed.Length > 0 && departed[agent * world.Copies] != 0;

    /// <summary>One step; the digest of everything seen after it.</summary>
    public ulong Step() => Step(next);

    /// <summary>One step with the randomness of the given step.</summary>
    public ulong Step(int step)
    {
        Look();
        Advance(step);
        CheckTransition(step);
        next = step + 1;
        return Digest();
    }

    /// <summary>Asks the world what is seen, and what is allowed.</summary>
    public void Look() => view.Look();

    /// <summary>The step alone, after a <see cref="Look"/>: nothing here allocates unless the world does.</summary>
    public void Advance(int step)
    {
        var choice = key.Derive(0xAC7).Derive((ulong)step).Stream();
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            Choose(agent, ref choice);
        }

        var dynamics = key.Derive(0xD1A).Derive((ulong)step).Stream();
        Array.Clear(rewards);
        Array.Clear(terminated);
        world.Step(new(actions, offsets, world.Copies), ref dynamics, rewards, terminated);
        for (var agent = 0; agent < spec.Agents.Count && departed.Length > 0; agent++)
        {
            world.Departed(agent, departed.AsSpan(agent * world.Copies, world.Copies));
        }

        lives?.Watch(step, view, rewards, departed);
        for (var copy = 0; copy < world.Copies; copy++)
        {
            lengths[copy]++;
            ended[copy] = terminated[copy] != 0 || lengths[copy] == spec.MaxSteps;
            if (ended[copy])
            {
                var begin = key.Derive((ulong)copy).Derive((ulong)++episodes[copy]).Stream();
                lengths[copy] = 0;
                world.Reset(copy, ref begin);
                lives?.Forget(copy);
            }
        }
    }

    public void ResetAll(string name)
    {
        for (var copy = 0; copy < world.Copies; copy++)
        {
            Reset(copy, name);
            (lengths[copy], episodes[copy]) = (0, 0);
        }

        Array.Clear(rewards);
        Array.Clear(terminated);
        Array.Clear(departed);
    }

    public void Reset(int copy, string name)
    {
        var begin = key.Derive(name).Derive((ulong)copy).Stream();
        world.Reset(copy, ref begin);
        lives?.Forget(copy);
    }

    /// <summary>The digest of all that is seen now, rewards and flags of the last step included.</summary>
    public ulong Digest()
    {
        view.Look();
        return Mix(Mix(Mix(view.Digest(), rewards), terminated), departed);
    }

    /// <summary>A digest of what is seen of each copy.</summary>
    public ulong[] CopyDigests()
    {
        view.Look();
        return view.CopyDigests();
    }

    public void Save(StageSnapshot snapshot)
    {
        world.Save(snapshot);
        snapshot.Put<int>("play.lengths", lengths);
        snapshot.Put<int>("play.episodes", episodes);
        snapshot.Put<float>("play.rewards", rewards);
        snapshot.Put<float>("play.terminated", terminated);
        snapshot.Put<float>("play.departed", departed);
        snapshot.Put("play.next", next);
    }

    public void Load(StageSnapshot snapshot)
    {
        world.Load(snapshot);
        snapshot.GetInto<int>("play.lengths", lengths);
        snapshot.GetInto<int>("play.episodes", episodes);
        snapshot.GetInto<float>("play.rewards", rewards);
        snapshot.GetInto<float>("play.terminated", terminated);
        snapshot.GetInto<float>("play.departed", departed);
        next = snapshot.GetOne<int>("play.next");
    }

    /// <summary>FNV-1a over the bits of floats, a word at a time.</summary>
    internal static ulong Mix(ulong hash, ReadOnlySpan<float> values)
    {
        foreach (var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            hash = (hash ^ bits) * Prime;
        }

        return hash;
    }

    internal static ulong Start => Basis;

    private void Choose(int agent, ref RandomStream random)
    {
        var space = spec.Agents[agent].Action;
        var width = space.Width;
        for (var copy = 0; copy < world.Copies; copy++)
        {
            var target = actions.AsSpan(offsets[agent] + (copy * width), width);
            if (space is Discrete discrete)
            {
                var first = random.NextInt(discrete.Count);
                target[0] = view.IsActive(agent, copy) ? view.Allowed(agent, copy, first, discrete.Count)
                    : isRestless ? first
                    : spec.Agents[agent].NoOp ?? 0;
                continue;
            }

            var box = (Box)space;
            var (low, high) = (Math.Max(box.Low, -1f), Math.Min(box.High, 1f));
            for (var i = 0; i < width; i++)
            {
                target[i] = low <= high ? (float)random.Uniform(low, high) : box.Low;
            }
        }
    }

    private void CheckTransition(int step)
    {
        if (findings is null)
        {
            return;
        }

        if (rewards.Any(r => !float.IsFinite(r)))
        {
            findings.Add(new("rewards-are-finite", $"A reward at step {step} is not a finite number."));
        }

        if (terminated.Any(t => t is not (0 or 1)))
        {
            findings.Add(new("flags-are-0-or-1", $"A terminated flag at step {step} is neither 0 nor 1."));
        }

        var isCommon = spec.Reward is RewardConvention.TeamSum or RewardConvention.TeamMean;
        for (var i = world.Copies; isCommon && i < rewards.Length; i++)
        {
            if (rewards[i] != rewards[i % world.Copies])
            {
                findings.Add(new("team-rewards-are-equal", $"At step {step} agents of one copy got different rewards, but the convention is {spec.Reward}."));
                return;
            }
        }
    }
}
