using Akka.Actor;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Runs Dataflow blocks on an actor: their tasks become messages to it, so that operators run in its turn and on its
/// dispatcher, and never on a thread of the pool.
/// </summary>
internal sealed class ActorTaskScheduler(IActorRef actor, Activity activity) : TaskScheduler
{
    public void Run(RunTask work) => TryExecuteTask(work.Task);

    protected override void QueueTask(Task task)
    {
        activity.Enter();
        actor.Tell(new RunTask(task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
