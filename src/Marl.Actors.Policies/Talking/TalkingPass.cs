using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Talking;

/// <summary>
/// Evaluates a <see cref="TalkNetwork"/> for a batch of rows, without Torch, as far as an agent's part of the exchange goes: it
/// sees (<see cref="See"/>), and then in each round speaks (<see cref="Speak"/>) and hears (<see cref="Hear"/>); then it acts
/// (<see cref="Act"/>). A row's result does not depend on the batch it stands in. Not thread-safe: what it thinks is its state.
/// </summary>
public sealed class TalkingPass
{
    private readonly TalkNetwork network;
    private readonly TalkSpec talk;
    private readonly PackedLayer[] encoder;
    private readonly Round[] rounds;
    private readonly PackedLayer head;
    private readonly int rows;
    private readonly int width;        // of a row of what it thinks: h, then the context it heard
    private readonly float[] thoughts; // [rows, width]
    private readonly float[] scratch;  // [rows, widest stride]
    private readonly float[] other;
    private readonly float[] scores;   // [speakers]

    /// <summary>A pass for batches of that many rows; call <see cref="Load"/> first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Rows.</param>
    public TalkingPass(TalkNetwork network, int rows)
    {
        (this.network, talk, this.rows) = (network, network.Talk, rows);
        encoder = [.. network.Encoder.Select(Pack)];
        rounds = [.. network.Rounds.Select(r => new Round(Pack(r.Speech), PackAny(r.Gate), PackAny(r.Address), PackAny(r.Query), Pack(r.Update)))];
        head = Pack(network.Head);
        width = network.Hidden + talk.Context;
        thoughts = new float[rows * width];
        scratch = new float[rows * All.Max(l => l.Stride)];
        other = new float[scratch.Length];
        scores = new float[talk.Speakers];
    }

    /// <summary>What it thinks, [rows, h and context]: all its state beside the parameters, for checkpoints.</summary>
    public Span<float> Thoughts => thoughts;

    private IEnumerable<PackedLayer> All => encoder.Concat(rounds.SelectMany(r => r.Maps)).Append(head);

    /// <summary>Takes new parameters.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, network.Parameters);
        foreach (var layer in All)
        {
            layer.Load(parameters);
        }
    }

    /// <summary>Begins a step: h⁰ from what is seen.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    public void See(ReadOnlySpan<float> inputs)
    {
        var source = inputs;
        var stride = network.Network.Inputs;
        for (var i = 0; i < encoder.Length; i++)
        {
            var target = i % 2 == 0 ? scratch : other;
            encoder[i].Run(source, stride, target, rows, network.Network.Activation);
            source = target;
            stride = encoder[i].Stride;
        }

        Think(source, stride);
    }

    /// <summary>The outputs a message is made of: logits of words, of bits; numbers between −1 and 1 as they are sent.</summary>
    /// <param name="round">The round, from 0.</param>
    /// <param name="outputs">To fill: [rows, outputs of a message].</param>
    public void Speak(int round, Span<float> outputs) =>
        Run(rounds[round].Speech, outputs, talk.Speech is Speech.Vectors or Speech.Attention ? Activation.Tanh : null);

    /// <summary>Logits of staying silent and of speaking.</summary>
    public void Gate(int round, Span<float> outputs) => Run(rounds[round].Gate!, outputs, null);

    /// <summary>Logits of the listeners to speak to.</summary>
    public void Address(int round, Span<float> outputs) => Run(rounds[round].Address!, outputs, null);

    /// <summary>Takes what was heard into its thoughts: hᵏ⁺¹.</summary>
    /// <param name="round">The round, from 0.</param>
    /// <param name="content">[rows, speakers, width of a message], as a channel brings it.</param>
    /// <param name="gain">[rows, speakers]: 0 where nothing came.</param>
    /// <param name="weights">To fill with whom it listened to, [rows, speakers], of a talk with attention; or empty.</param>
    public void Hear(int round, ReadOnlySpan<float> content, ReadOnlySpan<float> gain, Span<float> weights = default)
    {
        var (speakers, each) = (talk.Speakers, talk.MessageWidth);
        if (rounds[round].Query is { } query)
        {
            query.Run(thoughts, width, scratch, rows);
        }

        for (var row = 0; row < rows; row++)
        {
            var context = thoughts.AsSpan((row * width) + network.Hidden, talk.Context);
            var said = content.Slice(row * speakers * each, speakers * each);
            var came = gain.Slice(row * speakers, speakers);
            context.Clear();
            switch (talk.Speech)
            {
                case Speech.Words:
                    Listening.Words(said, came, context);
                    break;
                case Speech.Bits:
                    said.CopyTo(context);
                    break;
                case Speech.Vectors:
                    Listening.Mean(said, came, context);
                    break;
                default:
                    Listening.Attend(scratch.AsSpan(row * rounds[round].Query!.Stride, talk.Key), said, came, scores, context);
                    scores.CopyTo(weights.IsEmpty ? scores : weights.Slice(row * speakers, speakers));
                    break;
            }
        }

        rounds[round].Update.Run(thoughts, width, scratch, rows, network.Network.Activation);
        Think(scratch, rounds[round].Update.Stride);
    }

    /// <summary>The action's logits.</summary>
    /// <param name="logits">To fill: [rows, actions].</param>
    public void Act(Span<float> logits) => Run(head, logits, null);

    private static PackedLayer Pack(LayerSpec layer) => new(layer, DenseKernel.Widest);

    private static PackedLayer? PackAny(LayerSpec? layer) => layer is { } spec ? Pack(spec) : null;

    private void Think(ReadOnlySpan<float> source, int stride)
    {
        for (var row = 0; row < rows; row++)
        {
            source.Slice(row * stride, network.Hidden).CopyTo(thoughts.AsSpan(row * width));
        }
    }

    private void Run(PackedLayer layer, Span<float> target, Activation? activation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, rows * layer.Outputs);
        layer.Run(thoughts, width, scratch, rows, activation);
        for (var row = 0; row < rows; row++)
        {
            scratch.AsSpan(row * layer.Stride, layer.Outputs).CopyTo(target[(row * layer.Outputs)..]);
        }
    }

    private sealed record Round(PackedLayer Speech, PackedLayer? Gate, PackedLayer? Address, PackedLayer? Query, PackedLayer Update)
    {
        public IEnumerable<PackedLayer> Maps => new[] { Speech, Gate, Address, Query, Update }.OfType<PackedLayer>();
    }
}
