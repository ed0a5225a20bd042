using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Learning.Exchanges;
using Marl.Actors.Policies.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static Marl.Actors.Learning.Native.Number;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>Agents that share a policy and talk: gathers the rows of a minibatch for the replay. Tables are [steps, agents, …].</summary>
internal sealed class TalkGroup
{
    private readonly bool hasMask;
    private readonly Passage passage;
    private readonly float[] advantages; // [steps, agents]
    private Batch? batch;
    private Message[] exchanges = [];    // by agent of the group
    private int copies;

    public TalkGroup(PolicySpec spec, int[] agents, bool hasMask, int steps, Passage passage, ObservationTable observations)
    {
        (Spec, Agents, this.hasMask, this.passage, Observations) = (spec, agents, hasMask, passage, observations);
        advantages = new float[steps * agents.Length];
    }

    /// <summary>The policy.</summary>
    public PolicySpec Spec { get; }

    /// <summary>Its agents: lanes of the rollouts, which are their seats on the channel.</summary>
    public int[] Agents { get; }

    /// <summary>What they see.</summary>
    public ObservationTable Observations { get; }

    private TalkSpec Talk => Spec.Talk!;

    /// <summary>Takes over what the agents did and said.</summary>
    public void Fill(Batch rollouts, Message[] all)
    {
        (batch, copies) = (rollouts, rollouts.Copies);
        exchanges = [.. Agents.Select(a => all[a])];
    }

    /// <summary>Takes over how good it was: [steps], of one of its agents.</summary>
    public void Judge(int agent, ReadOnlySpan<float> stepAdvantages)
    {
        var index = Array.IndexOf(Agents, agent);
        for (var step = 0; step < stepAdvantages.Length; step++)
        {
            advantages[(step * Agents.Length) + index] = stepAdvantages[step];
        }
    }

    /// <summary>What they saw and heard in some steps. Where messages come late these are all steps of some copies, the earliest first.</summary>
    /// <param name="steps">t · B + b.</param>
    public ExchangeTensors Seen(ReadOnlySpan<int> steps)
    {
        var rows = new int[steps.Length * Agents.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (steps[i / Agents.Length] * Agents.Length) + (i % Agents.Length);
        }

        var inputs = new float[rows.Length * Spec.Network.Inputs];
        Observations.Gather(rows, inputs);
        var (n, speakers, width) = ((long)Agents.Length, (long)Talk.Speakers, (long)Talk.MessageWidth);
        var chosen = steps.ToArray();
        return new(
            tensor(inputs, [steps.Length, n, Spec.Network.Inputs]),
            Each(k => Field(chosen, k, ExchangeMessages.Gain, speakers)),
            Talk.Speech == Speech.Bits ? Each(k => Field(chosen, k, ExchangeMessages.Said, width)) : null,
            Talk.Speech == Speech.Words ? Each(k => Words(chosen, k)) : null,
            passage.AddsNoise && Talk.Speech != Speech.Words ? Each(k => Field(chosen, k, ExchangeMessages.Noise, speakers, width)) : null,
            passage.KeepsMessages && Talk.Speech != Speech.Words ? Kept(chosen) : null);
    }

    /// <summary>What they chose in the same steps.</summary>
    public ExchangeChoices Chosen(ReadOnlySpan<int> steps)
    {
        var n = Agents.Length;
        var (actions, old, weighed, weights) = (new float[steps.Length * n], new float[steps.Length * n], new float[steps.Length * n], new float[steps.Length * n]);
        var masks = new float[hasMask ? actions.Length * Spec.Choices : 0];
        for (var i = 0; i < actions.Length; i++)
        {
            var (step, agent) = (steps[i / n], Agents[i % n]);
            actions[i] = batch![agent, RolloutMessages.Action][step];
            old[i] = batch[agent, RolloutMessages.LogProbability][step];
            weighed[i] = advantages[(step * n) + (i % n)];
            weights[i] = batch.HasFixedRoster || batch.Own(agent).IsOwn[step] ? 1 : 0;
            if (hasMask)
            {
                batch[agent, RolloutMessages.Mask].Slice(step * Spec.Choices, Spec.Choices).CopyTo(masks.AsSpan(i * Spec.Choices));
            }
        }

        var own = Math.Max(1, weights.Sum());
        var chosen = steps.ToArray();
        return new(
            tensor(actions, [steps.Length, n]).to_type(ScalarType.Int64),
            hasMask ? tensor(masks, [steps.Length, n, Spec.Choices]).gt(Constant(0)) : null,
            Talk.Speech == Speech.Words ? Each(k => Field(chosen, k, ExchangeMessages.Said).to_type(ScalarType.Int64)) : null,
            Each(k => Field(chosen, k, ExchangeMessages.Spoke)),
            Talk.IsAddressed ? Each(k => Field(chosen, k, ExchangeMessages.Address).to_type(ScalarType.Int64)) : null,
            Talk.IsAddressed ? Others() : null,
            tensor(old, [steps.Length, n]),
            tensor(weighed, [steps.Length, n]),
            tensor(weights, [steps.Length, n]) / tensor(own));
    }

    private Tensor[] Each(Func<int, Tensor> round) => [.. Enumerable.Range(0, Talk.Rounds).Select(round)];

    /// <summary>A field of the exchanges in one round: [R, n, shape].</summary>
    private Tensor Field(int[] steps, int round, int field, params long[] shape)
    {
        var width = (int)shape.Aggregate(1L, (a, b) => a * b);
        var values = new float[steps.Length * Agents.Length * width];
        for (var i = 0; i < steps.Length * Agents.Length; i++)
        {
            Row(i % Agents.Length, steps[i / Agents.Length], round, field, width).CopyTo(values.AsSpan(i * width));
        }

        return tensor(values, [steps.Length, Agents.Length, .. shape]);
    }

    private ReadOnlySpan<float> Row(int agent, int step, int round, int field, int width)
    {
        var (t, copy) = Math.DivRem(step, copies);
        return exchanges[agent][field].Slice(((((t * Talk.Rounds) + round) * copies) + copy) * width, width);
    }

    /// <summary>The words that came, each speaker's in its own place, as strong as it came: [R, n, N · words].</summary>
    private Tensor Words(int[] steps, int round)
    {
        var (speakers, words) = (Talk.Speakers, Talk.Width);
        var values = new float[steps.Length * Agents.Length * speakers * words];
        for (var i = 0; i < steps.Length * Agents.Length; i++)
        {
            var heard = Row(i % Agents.Length, steps[i / Agents.Length], round, ExchangeMessages.Heard, speakers);
            var gain = Row(i % Agents.Length, steps[i / Agents.Length], round, ExchangeMessages.Gain, speakers);
            for (var speaker = 0; speaker < speakers; speaker++)
            {
                values[(((i * speakers) + speaker) * words) + (int)heard[speaker]] = gain[speaker];
            }
        }

        return tensor(values, [steps.Length, Agents.Length, speakers * words]);
    }

    private KeptTensors Kept(int[] steps)
    {
        var together = steps.Length / (batch!.Steps / copies); // copies in the minibatch
        var (sources, known) = (new Tensor[Talk.Rounds], new Tensor[Talk.Rounds]);
        for (var k = 0; k < Talk.Rounds; k++)
        {
            var (source, isKnown) = (new long[steps.Length * Agents.Length * Talk.Speakers], new float[steps.Length * Agents.Length * Talk.Speakers]);
            for (var i = 0; i < source.Length; i++)
            {
                var (row, speaker) = Math.DivRem(i, Talk.Speakers);
                var (r, agent) = Math.DivRem(row, Agents.Length);
                var from = r - ((int)Row(agent, steps[r], k, ExchangeMessages.Age, Talk.Speakers)[speaker] * together);
                (source[i], isKnown[i]) = ((Math.Max(0, from) * Talk.Speakers) + speaker, from >= 0 ? 1 : 0);
            }

            sources[k] = tensor(source);
            known[k] = tensor(isKnown, [steps.Length, Agents.Length, Talk.Speakers, 1]).gt(Constant(0));
        }

        return new(sources, known, Each(k => Field(steps, k, ExchangeMessages.Heard, Talk.Speakers, Talk.MessageWidth)));
    }

    /// <summary>Whom each may speak to: all but itself.</summary>
    private Tensor Others()
    {
        var others = new float[Agents.Length * Talk.Speakers];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Talk.Speakers == 1 || i % Talk.Speakers != Agents[i / Talk.Speakers] ? 1 : 0;
        }

        return tensor(others, [1, Agents.Length, Talk.Speakers]).gt(Constant(0));
    }
}
