using Akka.Actor;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Local;

/// <summary>Hands observed tokens to the run's observer, one after another.</summary>
internal sealed class ObserverActor(IRunObserver observer, Activity activity) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        try
        {
            if (message is Observation seen)
            {
                var node = seen.Producer.Node;
                observer.Observe(node, node.Component.Outputs[seen.Output], seen.Peer, seen.Message);
                seen.Message.Release();
            }
        }
        catch (Exception e)
        {
            Context.Parent.Tell(new StageFailure("results", null, e));
            throw;
        }
        finally
        {
            activity.Leave();
        }
    }
}
