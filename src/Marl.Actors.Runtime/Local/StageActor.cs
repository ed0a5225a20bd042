using System.Threading.Tasks.Dataflow;
using Akka.Actor;
using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// One stage instance as an actor. Edges with operators run them in a Dataflow block on this actor; plain edges go straight
/// to their lanes.
/// </summary>
internal sealed class StageActor(StageCell cell, Activity activity) : UntypedActor
{
    private readonly Dictionary<int, ActionBlock<Message?>> blocks = [];
    private ActorTaskScheduler scheduler = null!;
    private Exception? operatorFault;
    private List<object>? early = []; // what others sent before they knew that this one had not begun; null since then

    protected override void PreStart() => scheduler = new(Self, activity);

    protected override void PostStop() => cell.Dispose();

    protected override void OnReceive(object message)
    {
        try
        {
            if (early is not null && message is not Begin)
            {
                early.Add(message); // the run is not quiet before Begin has come, so nobody misses it
                return;
            }

            Handle(message);
            while (cell.TryFire())
            {
            }
        }
        catch (Exception e)
        {
            Context.Parent.Tell(new StageFailure(cell.Address.Name, cell.LastStamp, e));
            throw;
        }
        finally
        {
            activity.Leave();
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case Delivery delivery:
                var token = delivery.Message;
                delivery.Message = null!;
                Arrive(delivery.Input ??= cell.Input(delivery.Link), token);
                break;
            case Grant grant:
                cell.ReceiveGrant(grant.Link, 0); // it collects them
                break;
            case RunTask work:
                scheduler.Run(work);
                if (operatorFault is { } fault)
                {
                    throw fault;
                }

                break;
            case StreamEnd end:
                Arrive(cell.Input(end.Link), null);
                break;
            case Skipped skipped:
                cell.Input(skipped.Link).Skip();
                cell.Settle(cell.Input(skipped.Link));
                break;
            case Begin begin:
                Enter(begin);
                break;
            case Hold hold:
                cell.HoldAt(hold.VectorSteps);
                break;
            case Finish:
                cell.Finish();
                break;
            case GrowLink grow:
                cell.Grow(grow.Link);
                break;
            case StatusRequest request:
                Sender.Tell(CellStatus.Of(cell, request.WithState));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Enter(Begin begin)
    {
        if (begin.Snapshot is { } snapshot)
        {
            cell.Resume(snapshot, begin.HoldAt);
        }
        else
        {
            cell.Start(begin.HoldAt);
        }

        early!.ForEach(Handle);
        early = null;
    }

    /// <summary>A token, or null for the end of the stream.</summary>
    private void Arrive(InLink input, Message? message)
    {
        if (!input.HasOperators)
        {
            Enter(input, message);
        }
        else if (!Block(input).Post(message))
        {
            throw new InvalidOperationException($"The operators of {input.Link.Edge.Name} no longer take tokens.");
        }
    }

    private void Enter(InLink input, Message? message)
    {
        if (message is not null)
        {
            input.Push(message);
        }
        else
        {
            input.End();
        }

        cell.Settle(input);
    }

    private ActionBlock<Message?> Block(InLink input)
    {
        if (!blocks.TryGetValue(input.Link.Id, out var block))
        {
            block = new(message => Operate(input, message), new() { TaskScheduler = scheduler, MaxDegreeOfParallelism = 1 });
            blocks.Add(input.Link.Id, block);
        }

        return block;
    }

    private void Operate(InLink input, Message? message)
    {
        try
        {
            Enter(input, message);
        }
        catch (Exception e)
        {
            operatorFault = e;
        }
    }
}
