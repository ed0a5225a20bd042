using Akka.Actor;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Counts messages that are under way or being handled. At 0 nothing can happen any more by itself: the run is over, held
/// at a boundary, or stalled. Because the graph is a Kahn network, the state it runs dry in is always the same.
/// </summary>
internal sealed class Activity
{
    private long underWay;

    /// <summary>Who is told.</summary>
    public IActorRef Listener { get; set; } = ActorRefs.Nobody;

    public void Enter() => Interlocked.Increment(ref underWay);

    public void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            Listener.Tell(Quiescent.Instance);
        }
    }

    /// <summary>Nothing is under way at this moment.</summary>
    public bool IsQuiet => Interlocked.Read(ref underWay) == 0;
}
