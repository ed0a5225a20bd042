using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Tests.Values;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>
/// The batch of an <see cref="EpymarlStep"/> as rollouts of our agents: they are told who they are, wait behind the end
/// of an episode, and a batch that ends is a time limit.
/// </summary>
internal sealed class EpymarlRollouts(EpymarlStep reference, bool seesState, int memory)
{
    private readonly Box observation = reference.Observation;
    private readonly RunningMoments moments = new(1, sampleVariance: true);
    private Term policyTerm = Term.Of(0);

    private int Copies => reference.Items;

    private int Length => reference.Length;

    /// <summary>Where agent and copy are active: until the episode ends.</summary>
    private float[] Active
    {
        get
        {
            var (filled, terminated) = (reference.TimeMajor("filled", Length), reference.TimeMajor("terminated", Length));
            return [.. filled.Select((f, i) => f * (i < Copies ? 1 : 1 - terminated[i - Copies])), .. new float[Copies]];
        }
    }

    /// <summary>The stage's context.</summary>
    public StageContext Context(Values<int> hidden)
    {
        policyTerm = PolicySpec.ToTerm("team", hidden, Activation.Relu, Term.Of(observation), Term.Of(reference.Action), identities: reference.Agents, memory: memory);
        var rollout = RolloutMessages.Type(
            Term.Of(Length), Term.Of(Copies), Term.Of(observation), Term.Of(reference.Action), Term.Of(true), Term.Of(RewardConvention.PerAgent), policyTerm, fixedRoster: Term.Of(false));
        var inputs = new Dictionary<string, Values<PortType>> { ["rollouts"] = Enumerable.Repeat(rollout, reference.Agents).ToValues() };
        if (seesState)
        {
            inputs["state"] = [StateMessages.Type(Term.Of(Copies), Term.Of(StateView.PerAgent), Term.Of(reference.Agents), Term.Of(reference.StateWidth + reference.Agents))];
        }

        return new() { Stage = "learner", Key = new(1), Types = new(inputs, new Dictionary<string, Values<PortType>>()) };
    }

    /// <summary>The batch of a step.</summary>
    /// <param name="policy">The parameters the agents act with.</param>
    /// <param name="value">What the target critic says of agent and copy behind the batch.</param>
    public Batch Batch(ReadOnlySpan<float> policy, Func<int, int, double> value)
    {
        var rewards = reference.TimeMajor("reward", Length);
        moments.Update(rewards); // with those of the padding, as EPyMARL does
        moments.Normalise(rewards, rewards, clip: double.PositiveInfinity);
        Message[] states = seesState ? [.. Enumerable.Range(0, Length + 1).Select(State)] : [];
        var rollouts = Enumerable.Range(0, reference.Agents).Select(agent => Rollout(agent, rewards, value)).ToArray();
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            Act(policy, agent, rollouts[agent]);
        }

        return new(rollouts, states);
    }

    /// <summary>What the critic sees of agent and copy behind the batch.</summary>
    public float[] Last(int agent, int copy) => seesState ? [.. StateOf(Length, copy), .. Identity(agent)] : [.. Observed(agent, Length, copy), .. Identity(agent)];

    private Message Rollout(int agent, float[] rewards, Func<int, int, double> value)
    {
        var (active, terminated) = (Active, reference.TimeMajor("terminated", Length));
        int[] ends = [.. Enumerable.Range(0, Length * Copies).Where(i => terminated[i] == 1 || (i / Copies == Length - 1 && active[i] == 1))];
        var message = Message.Create(
            RolloutMessages.Layout(Length, Copies, observation, reference.Action, reference.Action.Count, ends.Length, fixedRoster: false, memory: memory), new(0));
        message.WriteBlock().Clear();
        active.CopyTo(message.Write(RolloutMessages.Active));
        terminated.CopyTo(message.Write(RolloutMessages.Terminated));
        foreach (var end in ends)
        {
            message.Write(RolloutMessages.Truncated)[end] = 1 - terminated[end];
        }

        for (var i = 0; i < Length * Copies; i++)
        {
            var (t, copy) = Math.DivRem(i, Copies);
            Observed(agent, t, copy).CopyTo(message.Write(RolloutMessages.Observation)[(i * observation.Width)..]);
            Of("avail_actions", t, copy, agent, reference.Action.Count).CopyTo(message.Write(RolloutMessages.Mask)[(i * reference.Action.Count)..]);
            message.Write(RolloutMessages.Action)[i] = Of("actions", t, copy, agent, 1)[0];
            message.Write(RolloutMessages.Reward)[i] = active[i] * (rewards[i] + Unended(agent, t, copy, terminated[i] == 1, value));
        }

        for (var i = 0; i < ends.Length; i++)
        {
            message.Write(RolloutMessages.FinalIndex)[i] = ends[i];
            Observed(agent, (ends[i] / Copies) + 1, ends[i] % Copies).CopyTo(message.Write(RolloutMessages.FinalObservation)[(i * observation.Width)..]);
        }

        return message;
    }

    /// <summary>What the acting policy, which remembers nothing at first, thought of the actions.</summary>
    private void Act(ReadOnlySpan<float> parameters, int agent, Message rollout)
    {
        var policy = new ForwardPass(PolicySpec.FromTerm(policyTerm).Network);
        policy.Load(parameters);
        var count = reference.Action.Count;
        var (memories, logits) = (new float[Copies * memory], new float[Copies * count]);
        for (var t = 0; t < Length; t++)
        {
            policy.Run([.. Enumerable.Range(0, Copies).SelectMany(copy => Observed(agent, t, copy).Concat(Identity(agent)))], logits, memories);
            for (var copy = 0; copy < Copies; copy++)
            {
                var place = (t * Copies) + copy;
                var mask = rollout[RolloutMessages.Mask].Slice(place * count, count).ToArray();
                var weights = logits.Skip(copy * count).Take(count).Select((logit, i) => mask[i] * Math.Exp(logit)).ToArray();
                rollout.Write(RolloutMessages.LogProbability)[place] = (float)Math.Log(weights[(int)rollout[RolloutMessages.Action][place]] / weights.Sum());
            }
        }
    }

    /// <summary>
    /// EPyMARL's n-step returns add what the target critic says behind the batch even where an episode ended before, discounted by the
    /// steps of padding. Our returns don't; so the last reward of such an episode brings it here.
    /// </summary>
    private float Unended(int agent, int t, int copy, bool isEnd, Func<int, int, double> value) =>
        isEnd ? (float)(Math.Pow(reference.Setting("gamma"), Length - t) * value(agent, copy)) : 0;

    private Message State(int t)
    {
        var message = Message.Create(StateMessages.Layout(Copies, StateView.PerAgent, reference.Agents, reference.StateWidth + reference.Agents, anyEnded: t > 0), new(0));
        for (var row = 0; row < Copies * reference.Agents; row++)
        {
            var (copy, agent) = Math.DivRem(row, reference.Agents);
            float[] seen = [.. StateOf(t, copy), .. Identity(agent)];
            seen.CopyTo(message.Write(StateMessages.State)[(row * seen.Length)..]);
            if (t > 0)
            {
                seen.CopyTo(message.Write(StateMessages.FinalState)[(row * seen.Length)..]);
            }
        }

        return message;
    }

    private float[] Observed(int agent, int t, int copy) => Of("obs", t, copy, agent, observation.Width);

    private float[] Identity(int agent) => [.. Enumerable.Range(0, reference.Agents).Select(i => i == agent ? 1f : 0)];

    private float[] StateOf(int t, int copy) => reference.TimeMajor("state", Length + 1)[(((t * Copies) + copy) * reference.StateWidth)..][..reference.StateWidth];

    private float[] Of(string field, int t, int copy, int agent, int width) =>
        reference.TimeMajor(field, Length + 1)[(((((t * Copies) + copy) * reference.Agents) + agent) * width)..][..width];
}
