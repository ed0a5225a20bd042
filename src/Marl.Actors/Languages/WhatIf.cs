using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Talking;

namespace Marl.Actors.Languages;

/// <summary>
/// What a listener does when one speaker's message of one round is replaced: it is shown the same again, hears the same of all
/// others and in all other rounds, and answers. The channel does again what it did: a message that was lost stays lost, a bit that
/// was flipped is flipped, noise is the same noise. What other messages would have collided with it is not asked.
/// </summary>
internal sealed class WhatIf
{
    private readonly Conversation conversation;
    private readonly Talker listener;
    private readonly int seat;       // the speaker's
    private readonly int round;
    private readonly IReadOnlyList<Telling> contexts;
    private readonly TalkingPass pass;
    private readonly CategoricalSampler sampler;
    private readonly float[] inputs;    // [contexts, inputs]
    private readonly float[] masks;     // [contexts, actions], or empty
    private readonly float[][] content; // by round, [contexts, speakers, width]
    private readonly float[][] gain;    // by round, [contexts, speakers]
    private readonly float[] altered;
    private readonly float[] alteredGain;
    private readonly float[] said;      // [width]
    private readonly float[] logits;    // [contexts, actions]

    /// <param name="conversation">What was said.</param>
    /// <param name="speaker">Whose messages are replaced.</param>
    /// <param name="listener">Who answers.</param>
    /// <param name="round">In which round.</param>
    /// <param name="contexts">The messages that are replaced, each a moment of an episode.</param>
    public WhatIf(Conversation conversation, Talker speaker, Talker listener, int round, IReadOnlyList<Telling> contexts)
    {
        (this.conversation, this.listener, seat, this.round, this.contexts) = (conversation, listener, speaker.Seat, round, contexts);
        var policy = listener.Policy;
        pass = new(policy.Talking!, contexts.Count);
        pass.Load(listener.Weights[WeightsMessages.Parameters]);
        sampler = new(policy.Choices);
        inputs = new float[contexts.Count * policy.Network.Inputs];
        masks = new float[listener.Steps[0].Has(StepMessages.Mask) ? contexts.Count * policy.Choices : 0];
        content = [.. Enumerable.Range(0, Rounds).Select(k => Gather(HeardMessages.Content, k))];
        gain = [.. Enumerable.Range(0, Rounds).Select(k => Gather(HeardMessages.Gain, k))];
        (altered, alteredGain) = ([.. content[round]], [.. gain[round]]);
        said = new float[conversation.Said.Speech.Width];
        logits = new float[contexts.Count * policy.Choices];
        Show();
    }

    private int Rounds => conversation.Said.Rounds;

    /// <summary>What it does in each context.</summary>
    /// <param name="message">What it is made to hear, as on the wire; empty for silence, null for what it did hear.</param>
    /// <param name="draw">Where actions are drawn from; null for the likeliest.</param>
    /// <param name="actions">To fill: [contexts].</param>
    public void Answer(float[]? message, RandomKey? draw, Span<float> actions)
    {
        Alter(message);
        pass.See(inputs);
        for (var k = 0; k < Rounds; k++)
        {
            pass.Hear(k, k == round ? altered : content[k], k == round ? alteredGain : gain[k]);
        }

        pass.Act(logits);
        if (draw is { } key)
        {
            var random = key.Stream();
            sampler.Sample(logits, masks, ref random, actions, []);
        }
        else
        {
            sampler.Likeliest(logits, masks, actions, []);
        }
    }

    /// <summary>p(a) in each context, of what was answered last.</summary>
    /// <param name="context">The context.</param>
    /// <param name="chances">To fill: [actions].</param>
    public void Chances(int context, Span<double> chances)
    {
        var row = logits.AsSpan(context * chances.Length, chances.Length);
        var mask = masks.Length > 0 ? masks.AsSpan(context * chances.Length, chances.Length) : [];
        var (greatest, total) = (double.NegativeInfinity, 0.0);
        for (var a = 0; a < chances.Length; a++)
        {
            chances[a] = mask.IsEmpty || mask[a] != 0 ? row[a] : double.NegativeInfinity;
            greatest = Math.Max(greatest, chances[a]);
        }

        for (var a = 0; a < chances.Length; a++)
        {
            total += chances[a] = Math.Exp(chances[a] - greatest);
        }

        for (var a = 0; a < chances.Length; a++)
        {
            chances[a] /= total;
        }
    }

    /// <summary>What the listener did hear in a context, in the round in question: [speakers, width].</summary>
    public ReadOnlySpan<float> Heard(int context) => Row(content[round], context);

    /// <summary>What it was made to hear last.</summary>
    public ReadOnlySpan<float> Altered(int context) => Row(altered, context);

    private ReadOnlySpan<float> Row(float[] block, int context) => block.AsSpan(context * (block.Length / contexts.Count), block.Length / contexts.Count);

    private void Show()
    {
        var (width, stride, choices) = (listener.Policy.Observation.Width, listener.Policy.Network.Inputs, listener.Policy.Choices);
        for (var i = 0; i < contexts.Count; i++)
        {
            var step = listener.Steps[contexts[i].HeardIn];
            ObservationRows.Write(listener.Policy, listener.Place, step[StepMessages.Observation].Slice(contexts[i].Copy * width, width), inputs.AsSpan(i * stride, stride));
            if (masks.Length > 0)
            {
                step[StepMessages.Mask].Slice(contexts[i].Copy * choices, choices).CopyTo(masks.AsSpan(i * choices));
            }
        }
    }

    private float[] Gather(int field, int k)
    {
        var rows = contexts.Select(c => (Token: Heard(c, k), c.Copy)).ToArray();
        var width = rows[0].Token[field].Length / rows[0].Token.Layout.Fields[field].Shape[0];
        var gathered = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].Token[field].Slice(rows[i].Copy * width, width).CopyTo(gathered.AsSpan(i * width));
        }

        return gathered;
    }

    private Message Heard(Telling context, int k) => listener.Heard[(context.HeardIn * Rounds) + k];

    private void Alter(float[]? message)
    {
        content[round].CopyTo(altered, 0);
        gain[round].CopyTo(alteredGain, 0);
        for (var i = 0; i < contexts.Count && message is not null; i++)
        {
            var speakers = alteredGain.Length / contexts.Count;
            if (message.Length == 0)
            {
                alteredGain[(i * speakers) + seat] = 0;
                altered.AsSpan(((i * speakers) + seat) * said.Length, said.Length).Clear();
                continue;
            }

            if (alteredGain[(i * speakers) + seat] == 0)
            {
                continue;
            }

            var place = altered.AsSpan(((i * speakers) + seat) * message.Length, message.Length);
            conversation.Wire(contexts[i], said);
            if (conversation.Said.Speech is Discrete words)
            {
                var word = (int)message[0] ^ (int)said[0] ^ (int)place[0]; // what was flipped is flipped
                (place[0], alteredGain[(i * speakers) + seat]) = word < words.Count ? (word, alteredGain[(i * speakers) + seat]) : (0, 0);
            }
            else
            {
                Replace(contexts[i], message, place, alteredGain[(i * speakers) + seat], speakers);
            }
        }
    }

    /// <summary>As the channel brings it: as strong as it came, with the noise it had.</summary>
    private void Replace(Telling context, ReadOnlySpan<float> message, Span<float> place, float strength, int speakers)
    {
        var noise = Heard(context, round)[HeardMessages.Noise];
        var first = ((context.Copy * speakers) + seat) * message.Length;
        for (var i = 0; i < message.Length; i++)
        {
            place[i] = (strength * message[i]) + (noise.Length > 0 ? noise[first + i] : 0);
        }
    }
}
