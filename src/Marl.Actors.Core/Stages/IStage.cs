using Marl.Actors.Core.Messages;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// The logic of one node: a state machine that knows nothing of actors, threads, sockets, files or clocks. From its state it
/// says which tokens it needs next, and it fires with exactly those; so what it sends depends on what it got and on nothing
/// else (a Kahn process).
/// </summary>
public interface IStage : IDisposable
{
    /// <summary>Tokens the next firing takes, per input port. Depends on the state only; the runtime asks after every firing.</summary>
    Needs Needs { get; }

    /// <summary>Once, before the first firing of a fresh run (not after a resume): stages that speak first do so here.</summary>
    void Start(IOutputs outputs);

    /// <summary>
    /// Takes the needed tokens and sends what follows. Tokens belong to the firing and are released after it; a stage that
    /// keeps one calls <see cref="Message.Retain"/>.
    /// </summary>
    void Fire(Firing firing, IOutputs outputs);

    /// <summary>Writes the whole state, such that <see cref="Load"/> makes a fresh instance go on bit for bit.</summary>
    void Save(StageSnapshot snapshot);

    /// <summary>Takes a saved state over, in place of <see cref="Start"/>.</summary>
    void Load(StageSnapshot snapshot);
}

/// <summary>A stage that drives logical time (a world). Pausing the clocks lets the graph run dry at a well-defined point.</summary>
public interface IClock
{
    /// <summary>Vector steps done since the beginning of the run.</summary>
    long VectorSteps { get; }

    /// <summary>True between iterations: here the runtime may hold the clock for a checkpoint or a stop.</summary>
    bool AtBoundary { get; }
}

/// <summary>Where a stage sends.</summary>
public interface IOutputs
{
    /// <summary>True when somebody reads the port: a stage may skip work nobody sees.</summary>
    bool IsRead(int port);

    /// <summary>Sends to every reader. Takes the sender's reference over; from here on the message must not be written.</summary>
    void Send(int port, Message message);

    /// <summary>Sends to one reading instance of a per-instance port. Takes one reference over.</summary>
    void Send(int port, int peer, Message message);
}
