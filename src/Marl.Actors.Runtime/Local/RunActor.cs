using Akka.Actor;
using Akka.Event;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Leads one run: starts the stage actors, and whenever nothing is under way decides what that means — a held clock
/// (checkpoint, then on), the end, or a stall. Supervises by <see cref="FailurePolicy"/>.
/// </summary>
internal sealed class RunActor : UntypedActor
{
    private readonly RunPlan plan;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly List<CellStatus> answers = [];
    private IActorRef[] cells = [];
    private bool isAsking;
    private bool isStopping;
    private bool isDone;
    private long steps;
    private string? checkpoint;

    public RunActor(RunPlan plan) => this.plan = plan;

    protected override SupervisorStrategy SupervisorStrategy() => FailurePolicy.Strategy;

    protected override void PreStart()
    {
        plan.Activity.Listener = Self;
        var observer = Context.ActorOf(Props.Create(() => new ObserverActor(plan.Options.Observer, plan.Activity)), "observer");
        cells = [.. plan.Cells.Select(cell => Context.ActorOf(
            Props.Create(() => new StageActor(cell, plan.Activity)).WithDispatcher(Dispatchers.For(cell.Address.Node)),
            ActorName(cell.Address.Name)))];
        plan.Transport.Connect(cells, observer, plan.Topology);
        steps = plan.Options.Resume?.EnvironmentSteps ?? 0;
        Tell(cell => new Begin(plan.NextHold(steps), Saved(cell)));
        log.Info("{Pipeline}: {Actors} actors, {Links} links, seed {Seed}", plan.Graph.Name, cells.Length, plan.Topology.Links.Count, plan.Graph.Seed);
    }

    /// <summary>Whoever ends the actor system under a run ends the run; nobody waits for ever.</summary>
    protected override void PostStop() => plan.Done.TrySetResult(new(
        RunEnding.Failed,
        steps,
        [new(RunCodes.ShutDown, SourceSpan.Whole(plan.Graph.Name), $"The actors were shut down at {steps} environment steps.", FailurePolicy.Saved(checkpoint))],
        checkpoint));

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
            log.Error(cause, "the run failed at {Steps} environment steps", steps);
            End(RunEnding.Failed, [FailurePolicy.Describe(new("results", null, cause), checkpoint)]);
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
                    Decide(all);
                }

                break;
            case StopRun:
                isStopping = true;
                Tell(_ => new Hold(0));
                break;
            case StageFailure failure:
                log.Error(failure.Cause, "{Stage} failed", failure.Stage);
                End(RunEnding.Failed, [FailurePolicy.Describe(failure, checkpoint)]);
                break;
        }
    }

    private StageSnapshot? Saved(StageCell cell) => plan.Options.Resume?.Cells[cell.Address.Name];

    /// <summary>Sends to every cell, as one activity.</summary>
    private void Tell(Func<StageCell, object> message)
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
        Tell(_ => new StatusRequest(withState));
    }

    private void Decide(CellStatus[] all)
    {
        var clock = all.FirstOrDefault(a => a.IsHeld);
        if (clock is not null)
        {
            steps = clock.VectorSteps * plan.Graph.Copies;
            if (all.Any(a => a.State is null))
            {
                AskAll(withState: true);
            }
            else
            {
                AtBoundary(clock.VectorSteps, all);
            }
        }
        else if (all.All(a => a.HasEnded))
        {
            steps = all.Max(a => a.VectorSteps) * plan.Graph.Copies;
            End(isStopping ? RunEnding.Stopped : RunEnding.Completed, []);
        }
        else if (all.SelectMany(a => a.Blocked).ToArray() is { Length: > 0 } blocked)
        {
            foreach (var link in blocked)
            {
                log.Info("{Edge} is full and the graph waits for it: growing it", link.Edge.Name);
            }

            Grow(blocked);
        }
        else
        {
            End(RunEnding.Failed, [Stall.Describe(all)]);
        }
    }

    private void Grow(IReadOnlyList<Link> links)
    {
        plan.Activity.Enter();
        foreach (var link in links)
        {
            plan.Activity.Enter();
            cells[link.Consumer.Index].Tell(new GrowLink(link));
        }

        plan.Activity.Leave();
    }

    /// <summary>Everything has run dry behind a held clock: save, then go on or finish.</summary>
    private void AtBoundary(long vectorSteps, CellStatus[] all)
    {
        if (plan.Options.CheckpointFolder is { } folder)
        {
            var state = new Checkpoint(
                plan.Graph.Name, plan.Graph.Seed, vectorSteps, steps, all.ToDictionary(a => a.Address.Name, a => a.State!));
            var written = CheckpointFile.Write(folder, state);
            if (!written.IsSuccess)
            {
                End(RunEnding.Failed, written.Diagnostics);
                return;
            }

            checkpoint = written.Value;
            plan.Options.Observer.Checkpointed(steps, checkpoint);
        }

        var isLast = isStopping || vectorSteps >= plan.Graph.VectorSteps;
        Tell(_ => isLast ? Finish.Instance : new Hold(plan.NextHold(steps)));
    }

    private void End(RunEnding ending, Values<Diagnostic> failures)
    {
        isDone = true;
        plan.Done.TrySetResult(new(ending, steps, failures, checkpoint));
    }
}
