using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static Marl.Actors.Learning.Native.Number;

namespace Marl.Actors.Learning.Exchanges;

/// <summary>
/// Repeats what agents said to each other, such that gradients flow from what a listener did to what a speaker said: the channel's
/// differentiable twin. The numbers of a message pass as <see cref="Passage"/> says (rounding as if it were none, backwards:
/// Bengio, Léonard, Courville, arXiv:1308.3432); what the channel did to each by chance is taken as it was recorded. Words have no
/// gradient; they are heard as they came. Call <see cref="Native.Torch.EnsureLoaded"/> first.
/// </summary>
public sealed class ExchangeReplay : IDisposable
{
    private readonly TalkLayers[] groups;
    private readonly Tensor? order; // [N]: places of the seats among the groups' agents; null where they stand in order
    private readonly TalkSpec talk;
    private readonly Utterance utterance;
    private readonly Passage passage;

    /// <param name="networks">By group of agents that share one: the network, where it lies in the vector, and the seats of its agents.</param>
    /// <param name="parameters">The learner's vector.</param>
    /// <param name="utterance">What is said.</param>
    /// <param name="passage">The channel.</param>
    public ExchangeReplay(IReadOnlyList<(TalkNetwork Network, int Offset, int[] Seats)> networks, FlatParameters parameters, Utterance utterance, Passage passage)
    {
        (this.utterance, this.passage) = (utterance, passage);
        groups = [.. networks.Select(n => new TalkLayers(n.Network, parameters, n.Offset))];
        talk = networks[0].Network.Talk;
        var seats = networks.SelectMany(n => n.Seats).ToArray();
        var places = Enumerable.Range(0, seats.Length).Select(seat => (long)Array.IndexOf(seats, seat)).ToArray();
        order = places.SequenceEqual(Enumerable.Range(0, seats.Length).Select(i => (long)i)) ? null : tensor(places).DetachFromDisposeScope();
    }

    /// <summary>What the policies say now, having talked as they did then. Tensors belong to the dispose scope around the call.</summary>
    /// <param name="seen">By group.</param>
    public ExchangeOutputs[] Run(IReadOnlyList<ExchangeTensors> seen)
    {
        var thoughts = new Tensor[groups.Length];
        var outputs = groups.Select(g => (Speech: new Tensor[talk.Rounds], Gate: new Tensor[talk.Rounds], Address: new Tensor[talk.Rounds], Attention: new Tensor[talk.Rounds])).ToArray();
        for (var g = 0; g < groups.Length; g++)
        {
            thoughts[g] = seen[g].Observations;
            foreach (var layer in groups[g].Network.Encoder)
            {
                thoughts[g] = groups[g].Activate(groups[g].Run(layer, thoughts[g]));
            }
        }

        for (var k = 0; k < talk.Rounds; k++)
        {
            var messages = new Tensor[groups.Length];
            for (var g = 0; g < groups.Length; g++)
            {
                var round = groups[g].Network.Rounds[k];
                outputs[g].Speech[k] = groups[g].Run(round.Speech, thoughts[g]);
                outputs[g].Gate[k] = round.Gate is { } gate ? groups[g].Run(gate, thoughts[g]) : outputs[g].Speech[k];
                outputs[g].Address[k] = round.Address is { } address ? groups[g].Run(address, thoughts[g]) : outputs[g].Speech[k];
                messages[g] = Message(outputs[g].Speech[k], seen[g].BitNoise?[k]);
            }

            var said = talk.Speech == Speech.Words ? messages[0] : Pass(All(messages));
            for (var g = 0; g < groups.Length; g++)
            {
                var context = Hear(k, groups[g], thoughts[g], said, seen[g], out var attention);
                outputs[g].Attention[k] = attention;
                thoughts[g] = groups[g].Activate(groups[g].Run(groups[g].Network.Rounds[k].Update, cat([thoughts[g], context], -1)));
            }
        }

        return [.. groups.Select((g, i) => new ExchangeOutputs(
            g.Run(g.Network.Head, thoughts[i]),
            outputs[i].Speech,
            talk.HasGate ? outputs[i].Gate : null,
            talk.IsAddressed ? outputs[i].Address : null,
            talk.Speech == Speech.Attention ? outputs[i].Attention : null))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(groups, g => g.Dispose());
        order?.Dispose();
    }

    private Tensor Message(Tensor outputs, Tensor? noise) => talk.Speech switch
    {
        Speech.Words => outputs,
        Speech.Bits => outputs.Plus(noise!).sigmoid(),
        _ => outputs.tanh(),
    };

    /// <summary>[R, N, M]: the messages of all, by seat.</summary>
    private Tensor All(Tensor[] messages)
    {
        var all = messages.Length == 1 ? messages[0] : cat(messages, 1);
        return order is null ? all : all.index_select(1, order);
    }

    /// <summary>What passes of every message.</summary>
    private Tensor Pass(Tensor messages)
    {
        var (width, numbers) = (utterance.Speech.Width, passage.Numbers(utterance));
        if (numbers < width)
        {
            messages = cat([messages.narrow(2, 0, numbers), zeros(messages.shape[0], messages.shape[1], width - numbers)], 2);
        }

        if (passage.Levels == 0)
        {
            return messages;
        }

        var box = (Box)utterance.Speech;
        var step = (box.High - box.Low) / (passage.Levels - 1);
        var rounded = messages.detach().sub(Constant(box.Low)).div(Constant(step)).round().mul(Constant(step)).Plus(box.Low);
        rounded = numbers < width ? cat([rounded.narrow(2, 0, numbers), messages.detach().narrow(2, numbers, width - numbers)], 2) : rounded;
        return messages.Plus(rounded - messages.detach());
    }

    /// <summary>What the listeners of a group make of what they hear: [R, n, context].</summary>
    private Tensor Hear(int round, TalkLayers group, Tensor thoughts, Tensor said, ExchangeTensors seen, out Tensor attention)
    {
        var gain = seen.Gain[round];
        attention = gain;
        switch (talk.Speech)
        {
            case Speech.Words:
                return seen.Words![round];
            case Speech.Vectors when seen.Kept is null:
                var sum = bmm(gain, said);
                sum = seen.Noise is null ? sum : sum.Plus(seen.Noise[round].sum(2));
                return sum / Arrived(gain);
            case Speech.Vectors:
                return Came(round, said, seen).sum(2) / Arrived(gain);
            case Speech.Bits:
                return Came(round, said, seen).flatten(2);
            default:
                attention = Weigh(group.Run(group.Network.Rounds[round].Query!.Value, thoughts), Came(round, said, seen), gain);
                return (attention.unsqueeze(3) * Came(round, said, seen).narrow(3, talk.Key, talk.Width)).sum(2);
        }
    }

    private static Tensor Arrived(Tensor gain) => gain.gt(Constant(0)).to_type(ScalarType.Float32).sum(2, keepdim: true).clamp_min(Constant(1));

    /// <summary>[R, n, N, M]: what came of each message.</summary>
    private Tensor Came(int round, Tensor said, ExchangeTensors seen)
    {
        var gain = seen.Gain[round];
        if (seen.Kept is not { } kept)
        {
            var now = gain.unsqueeze(3) * said.unsqueeze(1);
            return seen.Noise is null ? now : now.Plus(seen.Noise[round]);
        }

        var shape = kept.Heard[round].shape;
        var then = gain.unsqueeze(3) * said.flatten(0, 1).index_select(0, kept.Source[round]).view(shape);
        then = seen.Noise is null ? then : then.Plus(seen.Noise[round]);
        return where(kept.IsKnown[round], then, kept.Heard[round]);
    }

    /// <summary>α = softmax(q · k / √d) over what arrived, 0 where nothing did: [R, n, N].</summary>
    private Tensor Weigh(Tensor query, Tensor came, Tensor gain)
    {
        var scores = (query.unsqueeze(2) * came.narrow(3, 0, talk.Key)).sum(3).div(Constant(Math.Sqrt(talk.Key)));
        var arrived = gain.gt(Constant(0));
        return scores.masked_fill(~arrived, Constant(-1e30)).softmax(2) * arrived.to_type(ScalarType.Float32);
    }
}
