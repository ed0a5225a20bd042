using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Runs;

/// <summary>Watches a run from outside: metrics, scores, weights. Called from one actor, never concurrently.</summary>
public interface IRunObserver
{
    /// <summary>Whether tokens of an output port are wanted. Observing never changes a run.</summary>
    bool Wants(Node node, OutputPort port) => port.Observed;

    /// <summary>A token of an observed port. It is released afterwards; <see cref="Message.Retain"/> keeps it.</summary>
    /// <param name="node">The producing stage.</param>
    /// <param name="port">Its port.</param>
    /// <param name="peer">The reading instance it is for, or −1 when it is for all.</param>
    /// <param name="message">The token.</param>
    void Observe(Node node, OutputPort port, int peer, Message message);

    /// <summary>A checkpoint is about to be written: what is held back until then goes into it, under names of the observer's own.</summary>
    void Save(StageSnapshot snapshot)
    {
    }

    /// <summary>A checkpoint has been written.</summary>
    void Checkpointed(long environmentSteps, string path)
    {
    }
}
