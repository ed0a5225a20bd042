using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Core.Tests.Testing;

/// <summary>What a stage can be made to do wrong, to see that the contract check notices.</summary>
public enum StageFault
{
    None,
    ReadsGlobalGenerator,
    CountsInStaticField,
    RestartsStaticField,
    ForgetsToSave,
    SavingResets,
    KeepsReleasedToken,
    DrawsOnlyWhenRead,
    ForgetsOnlyTheLast,
}

/// <summary>
/// Adds up the numbers it gets, multiplied by the newest factor, of which it takes one at the beginning of each update. Sends
/// the sum so far, and the sum with noise.
/// </summary>
public sealed class RunningStage(StageContext context, StageFault fault) : IStage
{
    private const int Numbers = 0;
    private const int Factors = 1;
    private static int count;

    private readonly MessageLayout layout = new("number", new Field("value", [1]));
    private readonly MessagePool sums = new(new("number", new Field("value", [1])));
    private float sum;
    private float factor = 1;
    private float drawn;
    private bool wantsFactor = context.Types.Peers("factors") > 0;
    private Message? last;

    public static Component Component(StageFault fault = StageFault.None) => new()
    {
        Id = "test/running",
        Summary = "Adds up.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("numbers", "number", "What is added up.", AcceptsAbsent: true), new("factors", "number", "By what, an update.", Required: false)],
        Outputs = [new("sums", "number", "The sum so far.", _ => new("number")), new("noise", "number", "The sum, with noise.", _ => new("number"))],
        Sign = (_, _) => new Signature(),
        Create = (_, context) => new RunningStage(context, fault),
    };

    public Needs Needs => wantsFactor ? new(0, 1) : new(1, 0);

    public void Start(IOutputs outputs)
    {
        count = fault == StageFault.RestartsStaticField ? 0 : count;
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (wantsFactor)
        {
            (factor, wantsFactor) = (firing[Factors][0][0], false);
            return;
        }

        var number = firing[Numbers];
        count++;
        sum += number.IsAbsent ? 0 : number[0][0] * factor;
        sum += fault switch
        {
            StageFault.ReadsGlobalGenerator => Random.Shared.NextSingle(),
            StageFault.CountsInStaticField or StageFault.RestartsStaticField => count,
            StageFault.KeepsReleasedToken when last is { IsAbsent: false } => last[0][0],
            _ => 0,
        };
        last = number;
        if (outputs.IsRead(1) || fault != StageFault.DrawsOnlyWhenRead)
        {
            drawn += context.Key.Derive(number.Stamp).Stream().NextSingle();
        }

        var message = sums.Rent(number.Stamp);
        message.Write(0)[0] = sum + (fault == StageFault.DrawsOnlyWhenRead ? drawn : 0);
        outputs.Send(0, message);
        var noise = Message.Create(layout, number.Stamp);
        noise.Write(0)[0] = sum + drawn;
        outputs.Send(1, noise);
        wantsFactor = number.Stamp.Step == 1 && context.Types.Peers("factors") > 0;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("sum", [fault == StageFault.ForgetsToSave ? 0 : sum, factor, fault == StageFault.ForgetsOnlyTheLast ? 0 : drawn]);
        snapshot.Put("wants-factor", wantsFactor ? (byte)1 : (byte)0);
        sum = fault == StageFault.SavingResets ? 0 : sum;
    }

    public void Load(StageSnapshot snapshot)
    {
        var saved = snapshot.Get<float>("sum");
        (sum, factor, drawn) = (saved[0], saved[1], saved[2]);
        wantsFactor = snapshot.GetOne<byte>("wants-factor") == 1;
    }

    public void Dispose()
    {
    }
}
