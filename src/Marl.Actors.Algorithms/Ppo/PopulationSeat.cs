using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// A learner's place in a population (<c>population/pbt</c>): after an order it does as many updates as there are to the next,
/// with the settings it was ordered and, where the order says so, going on from another member. What makes up a member goes
/// with it: all parameters, Adam's moments, the moments of the critics' targets.
/// </summary>
internal sealed class PopulationSeat
{
    /// <summary>Numbers of luggage for each parameter: Adam's moments.</summary>
    public const int Times = 2;

    private const int PartsOfStep = sizeof(long) / sizeof(ushort);
    private const int PartsOfCritic = 6 * sizeof(double) / sizeof(ushort); // what a value scale saves

    private readonly Values<string> names;
    private readonly int every;
    private readonly int more;
    private readonly MessagePool pool;
    private readonly float[] settings;
    private long updates;

    /// <param name="type">Of the orders.</param>
    /// <param name="parameters">How many the learner has.</param>
    public PopulationSeat(PortType type, int parameters)
    {
        (names, every, more) = (type.Get<Values<string>>("settings"), type.Get<int>("every"), type.Get<int>("more"));
        pool = new(MemberMessages.Layout(parameters, (Times * parameters) + more));
        settings = new float[names.Count];
    }

    /// <summary>It has done what it was ordered.</summary>
    public bool AwaitsOrder { get; private set; } = true;

    /// <summary>Numbers of luggage besides: Adam's steps, and what there may be of critics. Whole numbers of 16 bits, which floats hold exactly.</summary>
    public static int More(int agents) => PartsOfStep + (agents * PartsOfCritic);

    /// <summary>Takes an order: new settings, and another member's mind where it brings one.</summary>
    public void Obey(Message order, PpoShard shard, Adam adam)
    {
        order[OrderMessages.Settings].CopyTo(settings);
        AwaitsOrder = false;
        if (!order.Has(OrderMessages.Weights))
        {
            return;
        }

        shard.Model.Parameters.Take(order[OrderMessages.Weights]);
        var luggage = order[OrderMessages.Luggage];
        var length = shard.Model.Parameters.Length;
        var snapshot = new StageSnapshot();
        snapshot.Put("adam.first", luggage[..length]);
        snapshot.Put("adam.second", luggage[length..(2 * length)]);
        var parts = luggage[(2 * length)..];
        snapshot.PutBytes("adam.steps", Whole(parts[..PartsOfStep]));
        adam.Load(snapshot, "adam");
        for (var i = 0; i < shard.Model.Critics.Length; i++)
        {
            shard.Model.Critics[i].Unpack(Whole(parts.Slice(PartsOfStep + (i * PartsOfCritic), PartsOfCritic)));
        }
    }

    /// <summary>The options with the settings that were ordered last.</summary>
    public PpoOptions Settled(PpoOptions options)
    {
        for (var i = 0; i < names.Count; i++)
        {
            options = PpoSettings.All[names[i]](options, settings[i]);
        }

        return options;
    }

    /// <summary>Counts an update; true when it was the last before the next order.</summary>
    public bool Count() => AwaitsOrder = ++updates % every == 0;

    /// <summary>The member that sits here.</summary>
    public Message Member(Stamp stamp, PpoShard shard, Adam adam)
    {
        var message = pool.Rent(stamp);
        shard.Model.Parameters.Values.CopyTo(message.Write(MemberMessages.Weights));
        var snapshot = new StageSnapshot();
        adam.Save(snapshot, "adam");
        var luggage = message.Write(MemberMessages.Luggage);
        var length = shard.Model.Parameters.Length;
        snapshot.GetInto("adam.first", luggage[..length]);
        snapshot.GetInto("adam.second", luggage[length..(2 * length)]);
        var parts = luggage[(2 * length)..];
        parts.Clear();
        Parts(snapshot.Entries["adam.steps"], parts);
        for (var i = 0; i < shard.Model.Critics.Length; i++)
        {
            Parts(shard.Model.Critics[i].Pack(), parts[(PartsOfStep + (i * PartsOfCritic))..]);
        }

        return message;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("learner.settings", settings);
        snapshot.Put("learner.orders", [updates, AwaitsOrder ? 1 : 0]);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("learner.settings", settings);
        Span<long> orders = stackalloc long[2];
        snapshot.GetInto("learner.orders", orders);
        (updates, AwaitsOrder) = (orders[0], orders[1] == 1);
    }

    private static void Parts(ReadOnlySpan<byte> bytes, Span<float> target)
    {
        for (var i = 0; i < bytes.Length / sizeof(ushort); i++)
        {
            target[i] = bytes[2 * i] | (bytes[(2 * i) + 1] << 8);
        }
    }

    private static byte[] Whole(ReadOnlySpan<float> parts)
    {
        var bytes = new byte[parts.Length * sizeof(ushort)];
        for (var i = 0; i < parts.Length; i++)
        {
            (bytes[2 * i], bytes[(2 * i) + 1]) = ((byte)((int)parts[i] & 0xff), (byte)((int)parts[i] >> 8));
        }

        return bytes;
    }
}
