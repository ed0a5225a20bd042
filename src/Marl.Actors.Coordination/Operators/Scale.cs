using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>
/// <c>scale(by=x)</c> on an edge of <c>steps</c>: the agent learns from x times the reward. Everything else passes as it is,
/// and episode returns and scores, which the world reports itself, keep the world's unit.
/// </summary>
public static class Scale
{
    /// <summary>Arguments of <c>scale</c>.</summary>
    /// <param name="By">x.</param>
    public sealed record Options(
        [Option("Factor on the reward.", Required = true)] double By);

    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "scale",
        Summary = "Multiplies the reward an agent learns from; it stands on edges of steps.",
        Options = OptionsSchema.Of<Options>(),
        Accepts = kind => kind == StepMessages.Kind,
        IsIdentity = options => ((Options)options).By == 1,
        Create = (options, _) => new Step((float)((Options)options).By),
    };

    /// <summary><c>scale(by=x)</c>, for pipelines built in C#.</summary>
    public static AppliedOperator By(double x) => new(Component, new Options(x));

    private sealed class Step(float factor) : IOperator
    {
        private readonly List<MessagePool> pools = []; // one a layout: steps come with and without final observations

        public void Push(Message message, Action<Message> next)
        {
            if (message.IsAbsent)
            {
                next(message);
                return;
            }

            var scaled = PoolOf(message.Layout).Rent(message.Stamp);
            message.Block.CopyTo(scaled.WriteBlock());
            foreach (ref var reward in scaled.Write(StepMessages.Reward))
            {
                reward *= factor;
            }

            message.Release();
            next(scaled.Seal());
        }

        public void End(Action<Message> next)
        {
        }

        public void Start(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        private MessagePool PoolOf(MessageLayout layout)
        {
            foreach (var pool in pools)
            {
                if (ReferenceEquals(pool.Layout, layout) || pool.Layout.Equals(layout))
                {
                    return pool;
                }
            }

            pools.Add(new(layout));
            return pools[^1];
        }
    }
}
