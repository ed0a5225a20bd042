using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Talking;

/// <summary>Writes down what an agent says and hears in a rollout, round by round.</summary>
internal sealed class ExchangeRecord(MessageLayout layout)
{
    private readonly MessagePool pool = new(layout);
    private readonly float[] block = new float[layout.Length];

    /// <summary>Where one round of one step stands in a field.</summary>
    /// <param name="field">Of <see cref="ExchangeMessages"/>.</param>
    /// <param name="row">t · K + k.</param>
    /// <returns>Empty where there is no such field.</returns>
    public Span<float> Row(int field, int row)
    {
        var shape = layout.Fields[field].Shape;
        var width = layout.Fields[field].Length == 0 ? 0 : layout.Fields[field].Length / (shape[0] * shape[1]);
        return block.AsSpan(layout.Offset(field) + (row * width), width);
    }

    /// <summary>The full record, to be sent.</summary>
    public Message Finish(Stamp stamp)
    {
        var message = pool.Rent(stamp);
        block.CopyTo(message.WriteBlock());
        return message;
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put<float>("exchange.block", block);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto<float>("exchange.block", block);
}
