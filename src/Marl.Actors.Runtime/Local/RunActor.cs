using Akka.Actor;
using Akka.Event;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Carries out what the <see cref="RunDirector"/> orders: starts the stage actors, asks them how they are whenever nothing is
/// under way, and passes the orders on. Supervises by <see cref="FailurePolicy"/>.
/// </summary>
internal sealed class RunActor : UntypedActor
{
    private readonly RunPlan plan;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly List<CellStatus> answers = [];
    private IActorRef[] cells = [];
    private bool isAsking;
    private bool isDone;

    public RunActor(RunPlan plan) => this.plan = plan;

    protected override SupervisorStrategy SupervisorStrategy() => FailurePolicy.Strategy;

    protected override void PreStart()
    {
        plan.Activity.Listener = Self;
        var observer = Context.ActorOf(plan.Dispatchers.Place(Props.Create(() => new ObserverActor(plan.Observer, plan.Activity))), "observer");
        cells = [.. plan.Cells.Select(cell => Context.ActorOf(
            plan.Dispatchers.Place(Props.Create(() => new StageActor(cell, plan.Activity)), cell.Address.Node),
            ActorName(cell.Address.Name)))];
        plan.Transport.Connect(cells, observer, plan.Topology);
        TellAll(cell => new Begin(plan.Director.FirstHold, plan.Director.Saved(cell.Address.Name)));
        log.Info("{Pipeline}: {Actors} actors, {Links} links, seed {Seed}", plan.Graph.Name, cells.Length, plan.Topology.Links.Count, plan.Graph.Seed);
    }

    /// <summary>Whoever ends the actor system under a run ends the run; nobody waits for ever.</summary>
    protected override void PostStop() => plan.Done.TrySetResult(plan.Director.Failed(new Diagnostic(
        RunCodes.ShutDown,
        SourceSpan.Whole(plan.Graph.Name),
        $"The actors were shut down at {plan.Director.Steps} environment steps.",
        FailurePolicy.Saved(plan.Director.Checkpoint))));

    protected override void OnReceive(object message)
    {
        try
        {
            if (!isDone)
            {
                Handle(message);
            }
        }
        catch (Exception cause)
        {
            // A restarted leader would begin the run anew over cells that are in the middle of it.
            log.Error(cause, "the run failed at {Steps} environment steps", plan.Director.Steps);
            End(plan.Director.Failed(new StageFailure("results", null, cause)));
        }
    }

    private static string ActorName(string cell) => cell.Replace('/', '.');

    private void Handle(object message)
    {
        switch (message)
        {
            case Quiescent when plan.Activity.IsQuiet && !isAsking:
                AskAll(withState: false);
                break;
            case CellStatus status:
                answers.Add(status);
                if (answers.Count == cells.Length)
                {
                    var all = answers.OrderBy(a => a.Address.Index).ToArray();
                    answers.Clear();
                    isAsking = false;
                    Obey(plan.Director.Judge(all));
                }

                break;
            case StopRun:
                plan.Director.IsStopping = true;
                TellAll(_ => new Hold(0));
                break;
            case StageFailure failure:
                log.Error(failure.Cause, "{Stage} failed", failure.Stage);
                End(plan.Director.Failed(failure));
                break;
        }
    }

    private void Obey(Order order)
    {
        switch (order)
        {
            case Order.AskState:
                AskAll(withState: true);
                break;
            case Order.HoldAt hold:
                TellAll(_ => new Hold(hold.VectorSteps));
                break;
            case Order.Finish:
                TellAll(_ => Finish.Instance);
                break;
            case Order.Grow grow:
                Grow(grow.Links);
                break;
            case Order.End end:
                End(end.Outcome);
                break;
        }
    }

    /// <summary>Sends to every cell, as one activity.</summary>
    private void TellAll(Func<StageCell, object> message)
    {
        plan.Activity.Enter();
        for (var i = 0; i < cells.Length; i++)
        {
            plan.Activity.Enter();
            cells[i].Tell(message(plan.Cells[i]));
        }

        plan.Activity.Leave();
    }

    private void AskAll(bool withState)
    {
        isAsking = true;
        TellAll(_ => new StatusRequest(withState));
    }

    private void Grow(IReadOnlyList<Link> links)
    {
        plan.Activity.Enter();
        foreach (var link in links)
        {
            log.Info("{Edge} is full and the graph waits for it: growing it", link.Edge.Name);
            plan.Activity.Enter();
            cells[link.Consumer.Index].Tell(new GrowLink(link));
        }

        plan.Activity.Leave();
    }

    private void End(RunOutcome outcome)
    {
        isDone = true;
        plan.Done.TrySetResult(outcome);
    }
}
