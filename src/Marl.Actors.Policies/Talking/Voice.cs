using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Talking;

/// <summary>
/// What an agent says, from what it thinks: whether, to whom, and what. All three may be drawn; the logarithms of their
/// probabilities are those of one choice together with the action's.
/// </summary>
internal sealed class Voice
{
    private readonly CommunicatingOptions options;
    private readonly StageContext context;
    private readonly TalkSpec talk;
    private readonly TalkingPass pass;
    private readonly RandomKey key;
    private readonly bool speaks;
    private readonly CategoricalSampler words;
    private readonly CategoricalSampler gate = new(2);
    private readonly CategoricalSampler address;
    private readonly float[] outputs;    // [copies, outputs]
    private readonly float[] gates;      // [copies, 2]
    private readonly float[] addresses;  // [copies, listeners]
    private readonly float[] others;     // [copies, listeners]: 1 for all but itself
    private readonly float[] logarithms; // [copies], of one choice
    private readonly float[] decided;    // [copies]

    /// <param name="options">The agent's.</param>
    /// <param name="context">The agent's.</param>
    /// <param name="talk">How it talks.</param>
    /// <param name="pass">What it thinks.</param>
    /// <param name="seat">Its position among the speakers.</param>
    /// <param name="copies">B.</param>
    public Voice(CommunicatingOptions options, StageContext context, TalkSpec talk, TalkingPass pass, int seat, int copies)
    {
        (this.options, this.context, this.talk, this.pass) = (options, context, talk, pass);
        key = context.Key.Derive("voice");
        speaks = options.Speaks(context.InstanceName);
        (words, address) = (new(talk.Outputs), new(talk.Speakers));
        outputs = new float[copies * talk.Outputs];
        gates = new float[talk.HasGate ? copies * 2 : 0];
        addresses = new float[talk.IsAddressed ? copies * talk.Speakers : 0];
        others = new float[addresses.Length];
        (logarithms, decided) = (new float[copies], new float[copies]);
        Array.Fill(others, 1);
        for (var at = seat; at < others.Length && talk.Speakers > 1; at += talk.Speakers)
        {
            others[at] = 0;
        }
    }

    /// <summary>Fills a message.</summary>
    /// <param name="round">The round.</param>
    /// <param name="step">What the world showed: where it is not active it is silent.</param>
    /// <param name="message">To fill, but for where episodes begin and where the speaker is.</param>
    /// <param name="spoke">To fill: <see cref="ExchangeMessages.Spoke"/>.</param>
    /// <param name="said">To fill: <see cref="ExchangeMessages.Said"/>, or empty.</param>
    /// <param name="logProbabilities">[copies], to which those of its choices are added.</param>
    public void Say(int round, Message step, Message message, Span<float> spoke, Span<float> said, Span<float> logProbabilities)
    {
        var random = key.Derive(message.Stamp).Stream();
        var active = step[StepMessages.Active];
        for (var copy = 0; copy < spoke.Length; copy++)
        {
            spoke[copy] = speaks && (active.IsEmpty || active[copy] != 0) ? 1 : -1;
        }

        if (talk.HasGate)
        {
            Decide(round, ref random, spoke, logProbabilities);
        }

        var audible = message.Write(SpokenMessages.Speaks);
        for (var copy = 0; copy < spoke.Length; copy++)
        {
            audible[copy] = Math.Max(0, spoke[copy]);
        }

        if (talk.IsAddressed)
        {
            pass.Address(round, addresses);
            var chosen = message.Write(SpokenMessages.Address);
            Choose(address, addresses, others, ref random, chosen, spoke, logProbabilities);
        }

        pass.Speak(round, outputs);
        Utter(ref random, message.Write(SpokenMessages.Content), spoke, said, logProbabilities);
    }

    private void Utter(ref RandomStream random, Span<float> content, ReadOnlySpan<float> spoke, Span<float> said, Span<float> logProbabilities)
    {
        switch (talk.Speech)
        {
            case Speech.Words:
                Choose(words, outputs, [], ref random, content, spoke, logProbabilities);
                content.CopyTo(said);
                break;
            case Speech.Bits:
                Sharpen(ref random, content, said);
                break;
            default:
                outputs.CopyTo(content);
                break;
        }
    }

    /// <summary>
    /// The discretise/regularise unit: logistic(m + σ ε) while learning, 1[m > 0] while executing (Foerster et al. 2016, section 5.2).
    /// </summary>
    private void Sharpen(ref RandomStream random, Span<float> content, Span<float> said)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (context.Purpose == Purpose.Evaluation)
            {
                (content[i], said[i]) = (outputs[i] > 0 ? 1 : 0, 0);
                continue;
            }

            said[i] = (float)(options.Noise * random.NextNormal());
            content[i] = (float)((1 + Squash.Tanh((outputs[i] + (double)said[i]) / 2)) / 2);
        }
    }

    private void Decide(int round, ref RandomStream random, Span<float> spoke, Span<float> logProbabilities)
    {
        pass.Gate(round, gates);
        Choose(gate, gates, [], ref random, decided, spoke, logProbabilities);
        for (var copy = 0; copy < spoke.Length; copy++)
        {
            spoke[copy] = spoke[copy] < 0 ? -1 : decided[copy];
        }
    }

    /// <summary>Draws, or takes the likeliest; only where it speaks does it count.</summary>
    private void Choose(
        CategoricalSampler sampler, ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, ref RandomStream random, Span<float> chosen, ReadOnlySpan<float> spoke, Span<float> logProbabilities)
    {
        if (context.Greedy)
        {
            sampler.Likeliest(logits, mask, chosen, logarithms);
        }
        else
        {
            sampler.Sample(logits, mask, ref random, chosen, logarithms);
        }

        for (var copy = 0; copy < chosen.Length; copy++)
        {
            logProbabilities[copy] += spoke[copy] > 0 ? logarithms[copy] : 0;
        }
    }
}
