using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Tests.UserPrograms;

/// <summary>An operator as a user writes one: bounds every observation of a step.</summary>
public sealed class ClampOperator(ClampOperator.Options options) : IOperator
{
    /// <summary>The catalog entry.</summary>
    public static OperatorComponent Component { get; } = new()
    {
        Id = "clamp",
        Summary = "Bounds every observation to ±limit.",
        Options = OptionsSchema.Of<Options>(),
        Accepts = kind => kind == StepMessages.Kind,
        Create = (o, _) => new ClampOperator((Options)o),
    };

    /// <inheritdoc/>
    public void Push(Message message, Action<Message> next)
    {
        var clamped = Message.Create(message.Layout, message.Stamp);
        message.Block.CopyTo(clamped.WriteBlock());
        foreach (ref var value in clamped.Write(StepMessages.Observation))
        {
            value = Math.Clamp(value, -(float)options.Limit, (float)options.Limit);
        }

        message.Release();
        next(clamped.Seal());
    }

    /// <inheritdoc/>
    public void Start(Action<Message> next)
    {
    }

    /// <inheritdoc/>
    public void End(Action<Message> next)
    {
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
    }

    /// <summary>What pipeline files may say in brackets.</summary>
    public sealed record Options([Option("Greatest absolute value.", Minimum = 0)] double Limit = 1.0);
}
