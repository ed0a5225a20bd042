using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Tests.Graphs;

/// <summary>Keeps what it sees, and may fail or call back.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public List<(Stamp Stamp, float Value)> Seen { get; } = [];

    public List<string> Checkpoints { get; } = [];

    public Action<int>? OnSeen { get; init; }

    public void Observe(Node node, OutputPort port, int peer, Message message)
    {
        Seen.Add((message.Stamp, message[0][0]));
        OnSeen?.Invoke(Seen.Count);
    }

    public void Checkpointed(long environmentSteps, string path) => Checkpoints.Add(path);
}
