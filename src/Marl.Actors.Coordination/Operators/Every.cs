using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Operators;

/// <summary>
/// <c>every(updates=k)</c>: tokens 0, k, 2k, … pass, the others are let go; when the producer ends, the last token passes
/// too if it has not. Evaluation hears weights through it: the first version, every k-th, and the final one.
/// </summary>
public static class Every
{
    /// <summary>Arguments of <c>every</c>.</summary>
    /// <param name="Updates">k.</param>
    public sealed record Options(
        [Option("One token in this many passes.", Minimum = 1, Required = true)] int Updates);

    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "every",
        Summary = "Passes one token in k, and the last one.",
        Options = OptionsSchema.Of<Options>(),
        Passes = options => new() { Cycle = [(1, 1), (((Options)options).Updates - 1, 0)] },
        IsIdentity = options => ((Options)options).Updates == 1,
        Create = (options, _) => new Step(((Options)options).Updates),
    };

    /// <summary><c>every(updates=k)</c>, for pipelines built in C#.</summary>
    public static AppliedOperator Updates(int k) => new(Component, new Options(k));

    private sealed class Step(int updates) : IOperator
    {
        private int phase;       // tokens since the last that passed, that one included; 0: the next one passes
        private Message? held;   // the newest token, while it has not passed

        public void Push(Message message, Action<Message> next)
        {
            held?.Release();
            held = null;
            if (phase == 0)
            {
                next(message);
            }
            else
            {
                held = message;
            }

            phase = (phase + 1) % updates;
        }

        public void End(Action<Message> next)
        {
            if (held is { } last)
            {
                held = null;
                next(last);
            }
        }

        public void Start(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot)
        {
            snapshot.Put("phase", phase);
            snapshot.Put("has-held", held is null ? (byte)0 : (byte)1);
            if (held is not null)
            {
                snapshot.PutMessage("held", held);
            }
        }

        public void Load(StageSnapshot snapshot)
        {
            phase = snapshot.GetOne<int>("phase");
            held?.Release();
            held = snapshot.GetOne<byte>("has-held") == 1 ? snapshot.GetMessage("held") : null;
        }
    }
}
