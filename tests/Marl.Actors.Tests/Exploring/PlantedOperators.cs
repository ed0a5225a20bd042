using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Tests.Exploring;

/// <summary>Operators with a mistake.</summary>
internal static class PlantedOperators
{
    /// <summary>The built-in catalog with <c>jitter</c>, which asks a generator of the process; <c>leak</c>, which loses a token; <c>pulse</c>, which does not save its count.</summary>
    public static ComponentCatalog Catalog { get; } = BuiltIn.Catalog.With(
        Of("jitter", () => new Jitter()), Of("leak", () => new Leak()), Of("pulse", () => new Pulse()));

    /// <summary>The built-in catalog with a <c>lag</c> that gives an older version than it says.</summary>
    public static ComponentCatalog LaggingMore { get; } = new(
        BuiltIn.Catalog.Components.Values,
        BuiltIn.Catalog.Operators.Values.Select(o => o.Id != "lag" ? o : o with { Create = (options, context) => o.Create(o.Options.Read(options) is var said ? Marl.Actors.Coordination.Operators.Lag.Updates((int)said["updates"]! + 1).Options : options, context) }));

    private static OperatorComponent Of(string id, Func<IOperator> create) => new()
    {
        Id = id,
        Summary = "A mistake.",
        Options = OptionsSchema.Of<NoOptions>(),
        Create = (_, _) => create(),
    };

    private abstract class Step : IOperator
    {
        public abstract void Push(Message message, Action<Message> next);

        public void Start(Action<Message> next)
        {
        }

        public void End(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot)
        {
        }

        public void Load(StageSnapshot snapshot)
        {
        }

        protected static Message Raised(Message message, float by)
        {
            var raised = Message.Create(message.Layout, message.Stamp);
            message.Block.CopyTo(raised.WriteBlock());
            raised.WriteBlock()[0] += by;
            message.Release();
            return raised.Seal();
        }
    }

    private sealed class Jitter : Step
    {
        public override void Push(Message message, Action<Message> next) => next(Random.Shared.Next(20) == 0 ? Raised(message, 0.25f) : message);
    }

    private sealed class Leak : Step
    {
        private int count;

        public override void Push(Message message, Action<Message> next)
        {
            if (++count == 5)
            {
                message.Release();
            }
            else
            {
                next(message);
            }
        }
    }

    private sealed class Pulse : Step
    {
        private int count;

        public override void Push(Message message, Action<Message> next) => next(++count % 5 == 0 ? Raised(message, 0.25f) : message);
    }
}
