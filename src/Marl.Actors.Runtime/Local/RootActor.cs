using Akka.Actor;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Starts the run's actor and does nothing else. Akka wakes an actor at the top again while it is being started, from a thread
/// of its own, which would disturb a schedule; below the top it does not.
/// </summary>
internal sealed class RootActor(RunPlan plan) : UntypedActor
{
    /// <summary>Where the run's actor is.</summary>
    public const string RunPath = "/user/marl/run";

    protected override void PreStart() => Context.ActorOf(plan.Dispatchers.Place(Props.Create(() => new RunActor(plan))), "run");

    protected override void OnReceive(object message) => Unhandled(message);
}
