using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Tests.Graphs;

namespace Marl.Actors.Runtime.Tests.Inboxes;

/// <summary>A sum with a planted mistake: at some firing it does something else in its second life than in its first.</summary>
internal sealed class PlantedStage(Mistake mistake, int at, bool isFirst) : IStage
{
    private static float remembered; // the mistake of Mistake.StaticState
    private int firings;

    public Needs Needs => mistake == Mistake.Needs && IsNow(firings + 1) && !isFirst ? new(2) : new(1);

    /// <summary>A component whose first stage is the run's and whose later ones are the replays'.</summary>
    public static Component Component(Mistake mistake, int at)
    {
        var lives = 0;
        remembered = 0;
        return TestStages.Sum with { Create = (_, _) => new PlantedStage(mistake, at, lives++ == 0) };
    }

    public void Start(IOutputs outputs)
    {
        if (mistake == Mistake.Start && !isFirst)
        {
            outputs.Send(0, TestStages.Number(default, 0));
        }
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var (isNow, stamp) = (IsNow(++firings), firing[0].Stamp);
        var value = firing[0][0][0];
        switch (mistake)
        {
            case Mistake.GlobalGenerator when isNow:
                value = Random.Shared.NextSingle();
                break;
            case Mistake.StaticState when isNow:
                value += remembered++;
                break;
            case Mistake.Stamp when isNow && !isFirst:
                stamp = new(stamp.Update, 77);
                break;
            case Mistake.Silence when isNow && !isFirst:
                return;
            case Mistake.Exception when isNow && !isFirst:
                throw new InvalidOperationException("It does not work here.");
            case Mistake.Layout when isNow && !isFirst:
                outputs.Send(0, Message.Create(new("other", new Field("value", [2])), stamp));
                return;
        }

        outputs.Send(0, TestStages.Number(stamp, value));
    }

    public void Save(StageSnapshot snapshot)
    {
    }

    public void Load(StageSnapshot snapshot)
    {
    }

    public void Dispose()
    {
    }

    private bool IsNow(int firing) => firing == at;
}

/// <summary>What a stage may not do.</summary>
public enum Mistake
{
    /// <summary>It draws from a generator of the process.</summary>
    GlobalGenerator,

    /// <summary>It keeps state where another instance finds it.</summary>
    StaticState,

    /// <summary>It stamps otherwise.</summary>
    Stamp,

    /// <summary>It sends nothing.</summary>
    Silence,

    /// <summary>It sends another kind of message.</summary>
    Layout,

    /// <summary>It fails.</summary>
    Exception,

    /// <summary>It wants other tokens.</summary>
    Needs,

    /// <summary>It sends at its start.</summary>
    Start,
}
