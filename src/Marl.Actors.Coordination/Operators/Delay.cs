using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>
/// <c>delay(steps=n)</c>: what is said at a step is heard n steps later; n absent tokens go first. Stamps stay as received:
/// they say when a thing was said (the absent ones carry the very first stamp). It speaks first, and so opens a loop.
/// What is still under way when the producer ends is heard by a reader that goes on.
/// </summary>
public static class Delay
{
    /// <summary>Arguments of <c>delay</c>.</summary>
    /// <param name="Steps">n.</param>
    public sealed record Options(
        [Option("Steps between saying and hearing.", Minimum = 0, Maximum = 100_000, Required = true)] int Steps);

    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "delay",
        Summary = "Delivers tokens a number of steps later; absent ones go first.",
        Options = OptionsSchema.Of<Options>(),
        Passes = options => new() { Start = ((Options)options).Steps },
        MakesAbsent = true,
        IsIdentity = options => ((Options)options).Steps == 0,
        Create = (options, _) => new Step(((Options)options).Steps),
    };

    /// <summary><c>delay(steps=n)</c>, for pipelines built in C#.</summary>
    public static AppliedOperator Steps(int n) => new(Component, new Options(n));

    private sealed class Step(int steps) : IOperator
    {
        public void Push(Message message, Action<Message> next) => next(message);

        public void End(Action<Message> next)
        {
        }

        public void Start(Action<Message> next)
        {
            for (var i = 0; i < steps; i++)
            {
                next(Message.Absent(default));
            }
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }
    }
}
