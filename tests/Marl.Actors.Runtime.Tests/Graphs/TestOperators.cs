using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Tests.Graphs;

/// <summary>Operators that count, repeat, watch their thread, or fail.</summary>
internal static class TestOperators
{
    private static int onPoolThread;

    /// <summary>Tokens an operator saw on a thread of the pool instead of the actor's dispatcher.</summary>
    public static int OnPoolThread => onPoolThread;

    public static OperatorUse Use(string name) => new(
        new OperatorComponent
        {
            Id = name,
            Summary = "A test.",
            Options = OptionsSchema.Of<NoOptions>(),
            Create = (_, _) => new TestOperator(name),
        },
        new NoOptions());

    private sealed class TestOperator(string name) : IOperator
    {
        private int count;

        public void Start(Action<Message> next)
        {
        }

        public void Push(Message message, Action<Message> next)
        {
            if (name == "fail")
            {
                throw new InvalidOperationException("This operator fails.");
            }

            if (name == "thread-probe" && Thread.CurrentThread.IsThreadPoolThread)
            {
                Interlocked.Increment(ref onPoolThread);
            }

            if (name == "repeat-first" && count++ == 0)
            {
                next(message.Retain());
            }

            next(message);
        }

        public void End(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put("count", count);

        public void Load(StageSnapshot snapshot) => count = snapshot.GetOne<int>("count");
    }
}
