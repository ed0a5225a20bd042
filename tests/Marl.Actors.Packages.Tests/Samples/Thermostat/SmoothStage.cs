using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Thermostat;

/// <summary>Follows a number smoothly: half of what it was, half of what comes.</summary>
public sealed class SmoothStage : IStage
{
    private float value;

    public static Component Component { get; } = Of("sensor/smooth", () => new SmoothStage());

    public Needs Needs { get; } = new(1);

    public static Component Of(string id, Func<IStage> create) => new()
    {
        Id = id,
        Summary = "Follows a number smoothly.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("numbers", "number", "What to follow.", AcceptsAbsent: true)],
        Outputs = [new("smooth", "number", "What follows it.", _ => new("number", new Field("value", [1])))],
        Sign = (_, _) => new Signature(),
        Create = (_, _) => create(),
    };

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var number = firing[0];
        value = number.IsAbsent ? value : (value + number[0][0]) / 2;
        var message = Message.Create(new("number", new Field("value", [1])), number.Stamp);
        message.Write(0)[0] = value;
        outputs.Send(0, message);
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put("value", value);

    public void Load(StageSnapshot snapshot) => value = snapshot.GetOne<float>("value");

    public void Dispose()
    {
    }
}
