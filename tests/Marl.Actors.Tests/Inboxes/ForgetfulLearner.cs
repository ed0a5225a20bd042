using Marl.Actors.Core.Stages;

namespace Marl.Actors.Tests.Inboxes;

/// <summary>A learner that goes back to its first parameters before one of its updates: what a change of its code might do.</summary>
internal sealed class ForgetfulLearner(IStage learner, int atUpdate) : IStage
{
    private const string Parameters = "learner.parameters";

    private readonly StageSnapshot first = new();
    private int updates;

    public Needs Needs => learner.Needs;

    public void Start(IOutputs outputs)
    {
        learner.Save(first);
        learner.Start(outputs);
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (updates++ == atUpdate)
        {
            var now = new StageSnapshot();
            learner.Save(now);
            now.PutBytes(Parameters, first.Entries[Parameters]);
            learner.Load(now);
        }

        learner.Fire(firing, outputs);
    }

    public void Save(StageSnapshot snapshot) => learner.Save(snapshot);

    public void Load(StageSnapshot snapshot) => learner.Load(snapshot);

    public void Dispose() => learner.Dispose();
}
