using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Evaluations;

/// <summary>A world stage that is watched: the shapes of its first copy after every step of one episode.</summary>
internal sealed class FilmedStage(IStage stage, IDrawableWorld world, List<IReadOnlyList<DrawnCircle>> frames) : IStage
{
    private bool isOver;

    public Needs Needs => stage.Needs;

    public void Start(IOutputs outputs)
    {
        stage.Start(outputs);
        frames.Add(world.Draw(0));
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var watching = new ScoreWatch(outputs);
        stage.Fire(firing, watching);
        isOver |= watching.SawScores; // the world has begun another episode by now
        if (!isOver)
        {
            frames.Add(world.Draw(0));
        }
    }

    public void Save(StageSnapshot snapshot) => stage.Save(snapshot);

    public void Load(StageSnapshot snapshot) => stage.Load(snapshot);

    public void Dispose() => stage.Dispose();

    private sealed class ScoreWatch(IOutputs outputs) : IOutputs
    {
        public bool SawScores { get; private set; }

        public bool IsRead(int port) => outputs.IsRead(port);

        public void Send(int port, Message message)
        {
            SawScores |= port == WorldComponent.Scores;
            outputs.Send(port, message);
        }

        public void Send(int port, int peer, Message message) => outputs.Send(port, peer, message);
    }
}
