using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Tests.Operators;

/// <summary>Feeds an operator tokens from a pool that poisons released blocks, and keeps what comes out.</summary>
internal sealed class OperatorBench
{
    private static readonly MessageLayout Layout = WeightsMessages.Layout(1);

    private readonly AppliedOperator applied;
    private IOperator step;

    public OperatorBench(AppliedOperator applied, long seed = 1)
    {
        this.applied = applied;
        Key = RandomKey.FromSeed(seed);
        step = Fresh();
    }

    public RandomKey Key { get; }

    public List<Message> Received { get; } = [];

    /// <summary>The versions received; −1 for absent ones.</summary>
    public IEnumerable<int> Versions => Received.Select(m => m.IsAbsent ? -1 : (int)m[0][0]);

    public IEnumerable<int> Updates => Received.Select(m => m.Stamp.Update);

    public OperatorBench Start()
    {
        step.Start(Received.Add);
        return this;
    }

    /// <summary>Sends versions from … to − 1, each stamped with its number; every one is checked to be alive on arrival.</summary>
    public OperatorBench Push(int from, int to)
    {
        for (var version = from; version < to; version++)
        {
            var message = new MessagePool(Layout).Rent(new(version));
            message.Write(0)[0] = version;
            step.Push(message.Seal(), Received.Add);
        }

        return this;
    }

    public OperatorBench Push(Message message)
    {
        step.Push(message, Received.Add);
        return this;
    }

    public OperatorBench End()
    {
        step.End(Received.Add);
        return this;
    }

    /// <summary>Puts a fresh instance, loaded from a snapshot of the old one, in its place.</summary>
    public OperatorBench Restore()
    {
        var snapshot = new StageSnapshot();
        step.Save(snapshot);
        step = Fresh();
        step.Load(snapshot);
        return this;
    }

    private IOperator Fresh() => applied.Component.Create(applied.Options, new(Key, WeightsMessages.Type(Core.Types.Term.Of(0))));
}
