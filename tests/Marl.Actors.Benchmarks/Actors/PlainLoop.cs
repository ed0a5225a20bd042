using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Particles;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>
/// What the graph computes, as anybody would write it by hand: one world, one forward pass an agent and step, rollouts in
/// arrays. Observations go straight into the rollout; nothing is sent.
/// </summary>
internal sealed class PlainLoop
{
    /// <summary>Vector steps of a rollout, and of an episode.</summary>
    public const int Length = 25;

    private readonly SimpleSpread world;
    private readonly ForwardPass policy; // that all share
    private readonly CategoricalSampler sampler;
    private readonly float[] parameters;
    private readonly RandomKey key = RandomKey.FromSeed(1);
    private readonly float[][] observations;    // by agent: [T, copies, width]
    private readonly float[][] chosen;          // by agent: [T, copies]
    private readonly float[][] logProbabilities;
    private readonly float[][] rewards;
    private readonly float[][] finals;          // by agent: [copies, width]
    private readonly float[] terminated;        // [T, copies]
    private readonly float[] truncated;
    private readonly float[] logits;
    private readonly float[] joint;
    private readonly float[] stepRewards;
    private readonly int[] offsets;
    private readonly int copies;
    private readonly int agents;
    private readonly int width;
    private long episode;

    public PlainLoop(int copies)
    {
        this.copies = copies;
        world = new(new(), copies);
        agents = world.Spec.Agents.Count;
        width = world.Spec.Agents[0].Observation.Width;
        var network = new NetworkSpec(width, [64, 64], 5, Activation.Relu);
        parameters = NullLearner.Parameters(network);
        policy = new(network);
        policy.Load(parameters);
        sampler = new(5);
        float[][] PerAgent(int length) => [.. Enumerable.Range(0, agents).Select(_ => new float[length])];
        observations = PerAgent(Length * copies * width);
        (chosen, logProbabilities, rewards) = (PerAgent(Length * copies), PerAgent(Length * copies), PerAgent(Length * copies));
        finals = PerAgent(copies * width);
        (terminated, truncated) = (new float[Length * copies], new float[Length * copies]);
        logits = new float[copies * 5];
        joint = new float[agents * copies];
        stepRewards = new float[agents * copies];
        offsets = [.. Enumerable.Range(0, agents + 1).Select(i => i * copies)];
        Reset();
    }

    /// <summary>Steps every copy that many times.</summary>
    public void Run(int vectorSteps)
    {
        for (var step = 0; step < vectorSteps; step++)
        {
            Step(step % Length, step);
        }
    }

    private void Step(int t, int step)
    {
        for (var agent = 0; agent < agents; agent++)
        {
            var seen = observations[agent].AsSpan(t * copies * width, copies * width);
            world.Observe(agent, seen);
            policy.Run(seen, logits);
            var random = key.Derive((ulong)agent).Derive((ulong)step).Stream();
            var actions = chosen[agent].AsSpan(t * copies, copies);
            sampler.Sample(logits, [], ref random, actions, logProbabilities[agent].AsSpan(t * copies, copies));
            actions.CopyTo(joint.AsSpan(agent * copies));
        }

        var dynamics = key.Derive((ulong)step).Stream();
        Array.Clear(stepRewards);
        world.Step(new JointActions(joint, offsets, copies), ref dynamics, stepRewards, terminated.AsSpan(t * copies, copies));
        for (var agent = 0; agent < agents; agent++)
        {
            stepRewards.AsSpan(agent * copies, copies).CopyTo(rewards[agent].AsSpan(t * copies));
        }

        truncated.AsSpan(t * copies, copies).Fill(t == Length - 1 ? 1 : 0);
        if (t == Length - 1)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                world.Observe(agent, finals[agent]);
            }

            policy.Load(parameters);
            Reset();
        }
    }

    private void Reset()
    {
        for (var copy = 0; copy < copies; copy++)
        {
            var random = key.Derive((ulong)copy).Derive((ulong)episode).Stream();
            world.Reset(copy, ref random);
        }

        episode++;
    }
}
