using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>The stage of <see cref="AllReduceComponent"/>: takes its own part, then a token from each other in every round.</summary>
internal sealed class AllReduceStage : IStage
{
    private static readonly Needs NextPart = new(1, 0);
    private static readonly Needs NextRound = new(0, 1);

    private readonly IExchange exchange;
    private readonly int self;
    private readonly int count;
    private readonly Dictionary<int, MessagePool> shares = []; // by length: pieces may differ by one
    private readonly MessagePool results;
    private readonly float[] origin = new float[3];
    private Stamp stamp;
    private int round = -1; // the one it waits for; −1 between two blocks

    public AllReduceStage(AllReduceOptions options, StageContext context)
    {
        var length = ParameterRange.FromTerm(context.Types.Input("own")["range"]).Length;
        count = AllReduceComponent.Count(context.Shard, context.Instances);
        self = ((context.Shard.Index ?? 0) * context.Instances) + context.Instance;
        exchange = AllReduceComponent.Exchange(options, self, count, length);
        results = new(GradientMessages.Layout(length));
    }

    public Needs Needs => round < 0 ? NextPart : NextRound;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (round < 0)
        {
            var part = firing[AllReduceComponent.Own];
            stamp = part.Stamp;
            part[GradientMessages.Gradient].CopyTo(exchange.Block);
            part[GradientMessages.Origin].CopyTo(origin);
        }
        else
        {
            Hear(firing);
        }

        if (++round == exchange.Rounds)
        {
            round = -1;
            var result = results.Rent(stamp);
            exchange.Block.CopyTo(result.Write(GradientMessages.Gradient));
            origin.CopyTo(result.Write(GradientMessages.Origin));
            outputs.Send(AllReduceComponent.Outcome, result);
            return;
        }

        Speak(outputs);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("all-reduce.round", round);
        snapshot.Put<int>("all-reduce.stamp", [stamp.Update, stamp.Step, stamp.Round]);
        snapshot.Put<float>("all-reduce.origin", origin);
        snapshot.Put<float>("all-reduce.block", exchange.Block);
    }

    public void Load(StageSnapshot snapshot)
    {
        round = snapshot.GetOne<int>("all-reduce.round");
        Span<int> at = stackalloc int[3];
        snapshot.GetInto("all-reduce.stamp", at);
        stamp = new(at[0], at[1], at[2]);
        snapshot.GetInto<float>("all-reduce.origin", origin);
        snapshot.GetInto<float>("all-reduce.block", exchange.Block);
    }

    public void Dispose()
    {
    }

    private void Hear(Firing firing)
    {
        for (var lane = 0; lane < count - 1; lane++)
        {
            var from = Participant(lane);
            if (exchange.IsHeard(round, from))
            {
                exchange.Hear(round, from, firing[AllReduceComponent.Others, lane][ShareMessages.Share]);
            }
        }

        exchange.End(round);
    }

    /// <summary>What several are told is one message.</summary>
    private void Speak(IOutputs outputs)
    {
        var at = stamp with { Round = round };
        var (told, message) = (default(Memory<float>), default(Message));
        for (var reader = 0; reader < count - 1; reader++)
        {
            var share = exchange.Says(round, Participant(reader));
            if (share.IsEmpty)
            {
                outputs.Send(AllReduceComponent.Shares, reader, Message.Absent(at));
                continue;
            }

            if (message is null || !share.Equals(told))
            {
                message?.Release();
                (told, message) = (share, Pool(share.Length).Rent(at));
                share.Span.CopyTo(message.Write(ShareMessages.Share));
            }

            outputs.Send(AllReduceComponent.Shares, reader, message.Retain());
        }

        message?.Release();
    }

    /// <summary>Lanes and readers are the other participants in order.</summary>
    private int Participant(int other) => other < self ? other : other + 1;

    private MessagePool Pool(int length)
    {
        if (!shares.TryGetValue(length, out var pool))
        {
            shares[length] = pool = new(ShareMessages.Layout(length));
        }

        return pool;
    }
}
