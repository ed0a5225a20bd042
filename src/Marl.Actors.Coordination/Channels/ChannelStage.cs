using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Channels;

/// <summary>
/// The stage of a channel: one firing takes what all say in one round and brings each listener what it hears. What chance does,
/// it does by keys of listener and stamp: the same in every run and under every interpreter.
/// </summary>
internal sealed class ChannelStage : IStage
{
    private static readonly Needs OneEach = new(1);

    private readonly ChannelPhysics physics;
    private readonly Medium medium;
    private readonly StageContext context;
    private readonly Utterance utterance;
    private readonly Passage passage;
    private readonly History history;
    private readonly MessagePool pool;
    private readonly ChannelMeter meter;
    private readonly MessagePool metrics = new(ChannelMeter.Layout);
    private readonly int copies;
    private readonly int speakers;
    private readonly int numbers;    // of a message, that pass
    private readonly int wordBits;   // ⌈log₂ V⌉
    private readonly RandomKey losses;
    private readonly RandomKey noises;
    private long rounds;             // done

    public ChannelStage(ChannelPhysics physics, Medium medium, StageContext context)
    {
        (this.physics, this.medium, this.context) = (physics, medium, context);
        var heard = context.Types.Output("heard");
        (copies, speakers) = (heard.Get<int>("copies"), heard.Get<int>("speakers"));
        (utterance, passage) = (heard.Get<Utterance>("utterance"), heard.Get<Passage>("passage"));
        history = new(speakers, copies, utterance.Rounds, medium.Depth);
        pool = new(HeardMessages.Layout(copies, speakers, utterance, passage));
        meter = new(utterance, passage, speakers, copies);
        numbers = passage.Numbers(utterance);
        wordBits = utterance.Speech is Discrete words ? (int)Math.Ceiling(Math.Log2(words.Count)) : 0;
        (losses, noises) = (context.Key.Derive("loss"), context.Key.Derive("noise"));
    }

    public Needs Needs => OneEach;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var round = (int)(rounds % utterance.Rounds);
        var isMeasured = context.Purpose == Purpose.Training && outputs.IsRead(ChannelComponents.Metrics);
        history.Take(firing, ChannelComponents.Said, round);
        if (isMeasured)
        {
            meter.Count(history);
        }

        var stamp = StampOf(firing);
        for (var listener = 0; listener < speakers; listener++)
        {
            var message = pool.Rent(stamp);
            Deliver(listener, message, isMeasured);
            outputs.Send(ChannelComponents.Heard, listener, message);
        }

        rounds++;
        if (isMeasured && rounds % ((long)context.Iteration * utterance.Rounds) == 0)
        {
            var message = metrics.Rent(new((int)(rounds / ((long)context.Iteration * utterance.Rounds)) - 1));
            meter.Write(message.WriteBlock(), (long)context.Iteration * copies);
            outputs.Send(ChannelComponents.Metrics, message);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("channel.rounds", rounds);
        history.Save(snapshot);
        meter.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        rounds = snapshot.GetOne<long>("channel.rounds");
        history.Load(snapshot);
        meter.Load(snapshot);
    }

    public void Dispose() => history.Dispose();

    /// <summary>That of the newest token: an operator may have delayed some.</summary>
    private Stamp StampOf(Firing firing)
    {
        var stamp = firing[ChannelComponents.Said].Stamp;
        for (var speaker = 1; speaker < speakers; speaker++)
        {
            var other = firing[ChannelComponents.Said, speaker].Stamp;
            stamp = (other.Update, other.Step, other.Round).CompareTo((stamp.Update, stamp.Step, stamp.Round)) > 0 ? other : stamp;
        }

        return stamp;
    }

    private void Deliver(int listener, Message message, bool isMeasured)
    {
        var loss = losses.Derive((ulong)rounds).Derive((ulong)listener).Stream();
        var noise = noises.Derive((ulong)rounds).Derive((ulong)listener).Stream();
        var gains = message.Write(HeardMessages.Gain);
        message.Write(HeardMessages.Content).Clear();
        message.Write(HeardMessages.Noise).Clear();
        message.Write(HeardMessages.Age).Clear();
        for (var i = 0; i < gains.Length; i++)
        {
            var (copy, speaker) = Math.DivRem(i, speakers);
            var arrival = medium.Find(history, speaker, listener, copy);
            var isLost = physics.Loss > 0 && loss.NextDouble() < physics.Loss && arrival.Fate == Fate.Arrives; // a draw each, whatever is said
            gains[i] = arrival.Fate == Fate.Arrives && !isLost ? arrival.Gain : 0;
            if (gains[i] > 0)
            {
                var said = history.Find(arrival.Age, speaker, copy)!;
                gains[i] = utterance.Speech is Discrete words ? Word(said, copy, words.Count, i, message, ref noise, gains[i]) : Numbers(said, copy, i, message, ref noise, gains[i]);
            }

            if (passage.KeepsMessages)
            {
                message.Write(HeardMessages.Age)[i] = gains[i] > 0 ? arrival.Age : 0;
            }

            if (isMeasured && arrival.Fate != Fate.Silent)
            {
                meter.Count(arrival.Fate, isLost || (arrival.Fate == Fate.Arrives && gains[i] == 0));
            }
        }

        Charge(listener, message);
    }

    /// <summary>A word as it arrives; its gain, 0 where flipped bits make it none.</summary>
    private float Word(Message said, int copy, int words, int place, Message message, ref RandomStream noise, float gain)
    {
        var word = (int)said[SpokenMessages.Content][copy];
        for (var bit = 0; bit < wordBits && physics.Flip > 0; bit++)
        {
            word ^= noise.NextDouble() < physics.Flip ? 1 << bit : 0;
        }

        message.Write(HeardMessages.Content)[place] = word < words ? word : 0;
        return word < words ? gain : 0;
    }

    /// <summary>Numbers as they arrive: cut, rounded, faded, with noise.</summary>
    private float Numbers(Message said, int copy, int place, Message message, ref RandomStream noise, float gain)
    {
        var width = utterance.Speech.Width;
        var source = said[SpokenMessages.Content].Slice(copy * width, numbers);
        var target = message.Write(HeardMessages.Content).Slice(place * width, width);
        for (var i = 0; i < numbers; i++)
        {
            target[i] = gain * Quantisation.Round(source[i], (Box)utterance.Speech, passage.Levels);
        }

        if (passage.AddsNoise)
        {
            var added = message.Write(HeardMessages.Noise).Slice(place * width, width);
            for (var i = 0; i < numbers; i++)
            {
                added[i] = (float)(physics.Noise * noise.NextNormal());
                target[i] += added[i];
            }
        }

        return gain;
    }

    /// <summary>What the listener pays for what it has just said itself.</summary>
    private void Charge(int listener, Message message)
    {
        var price = (float)(physics.CostPerBit * passage.Bits(utterance));
        var costs = message.Write(HeardMessages.Cost);
        for (var copy = 0; copy < costs.Length; copy++)
        {
            costs[copy] = history.Now(listener) is { } said && said[SpokenMessages.Speaks][copy] > 0 ? price : 0;
        }
    }
}
