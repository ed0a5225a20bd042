using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>
/// <c>lag(updates=n)</c>: the reader gets version v − n where it would have got version v, and version 0 until there is one.
/// The first token goes out n extra times; stamps stay as received, so the reader sees which version it has. With n ≥ 1
/// acting and learning overlap and stay determinate. n = 0 changes nothing.
/// </summary>
public static class Lag
{
    /// <summary>Arguments of <c>lag</c>.</summary>
    /// <param name="Updates">n.</param>
    public sealed record Options(
        [Option("Versions behind: 0 acts with the newest, 1 lets acting overlap with one update.", Minimum = 0, Maximum = 1000, Required = true)] int Updates);

    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "lag",
        Summary = "Pins what is read to a number of versions back.",
        Options = OptionsSchema.Of<Options>(),
        Passes = options => new() { Opening = [(1, ((Options)options).Updates + 1)] },
        IsIdentity = options => ((Options)options).Updates == 0,
        Create = (options, _) => new Step(((Options)options).Updates),
    };

    /// <summary><c>lag(updates=n)</c>, for pipelines built in C#.</summary>
    public static AppliedOperator Updates(int n) => new(Component, new Options(n));

    private sealed class Step(int updates) : IOperator
    {
        private bool hasBegun;

        public void Push(Message message, Action<Message> next)
        {
            if (!hasBegun)
            {
                hasBegun = true;
                for (var i = 0; i < updates; i++)
                {
                    next(message.Retain());
                }
            }

            next(message);
        }

        public void End(Action<Message> next)
        {
        }

        public void Start(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put("has-begun", hasBegun ? (byte)1 : (byte)0);

        public void Load(StageSnapshot snapshot) => hasBegun = snapshot.GetOne<byte>("has-begun") == 1;
    }
}
