using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>
/// <c>drop(p=…)</c>: a lossy link. Each token is lost with probability p, independently, and the reader gets an absent token
/// of its stamp instead. The draw comes from the key of the stamp: it is the same in every run and under every interpreter.
/// </summary>
public static class Drop
{
    /// <summary>Arguments of <c>drop</c>.</summary>
    /// <param name="P">The probability.</param>
    public sealed record Options(
        [Option("Probability that a token is lost.", Minimum = 0, Maximum = 1, Required = true)] double P);

    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "drop",
        Summary = "Loses tokens at random; the reader gets absent ones.",
        Options = OptionsSchema.Of<Options>(),
        MakesAbsent = true,
        IsIdentity = options => ((Options)options).P == 0,
        Create = (options, context) => new Step(((Options)options).P, context.Key),
    };

    /// <summary><c>drop(p=…)</c>, for pipelines built in C#.</summary>
    public static AppliedOperator Probability(double p) => new(Component, new Options(p));

    private sealed class Step(double p, RandomKey key) : IOperator
    {
        public void Push(Message message, Action<Message> next)
        {
            if (message.IsAbsent || key.Derive(message.Stamp).Stream().NextDouble() >= p)
            {
                next(message);
                return;
            }

            var stamp = message.Stamp;
            message.Release();
            next(Message.Absent(stamp));
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
    }
}
