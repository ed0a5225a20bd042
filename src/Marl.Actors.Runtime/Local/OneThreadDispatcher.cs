using Akka.Configuration;
using Akka.Dispatch;

namespace Marl.Actors.Runtime.Local;

/// <summary>Runs its actors on <see cref="OneThread"/>, which begins with the first of them and anew after a shutdown.</summary>
internal sealed class OneThreadDispatcher : MessageDispatcher
{
    private OneThread? thread;

    public OneThreadDispatcher(OneThreadDispatcherConfigurator configurator)
        : base(configurator)
    {
        Throughput = configurator.Config.GetInt("throughput");
        ShutdownTimeout = configurator.Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1));
    }

    protected override void ExecuteTask(IRunnable run)
    {
        while (!(Volatile.Read(ref thread) ?? Begin()).TryEnqueue(run))
        {
            // It has ended between the two.
        }
    }

    /// <summary>Akka calls it when no actor is left, possibly more than once, and may bring others afterwards.</summary>
    protected override void Shutdown() => Interlocked.Exchange(ref thread, null)?.End();

    private OneThread Begin()
    {
        var begun = new OneThread(ReportFailure);
        if (Interlocked.CompareExchange(ref thread, begun, null) is not { } other)
        {
            return begun;
        }

        begun.End();
        return other;
    }
}

/// <summary>Makes the dispatcher of an actor system; Akka creates it by name.</summary>
internal sealed class OneThreadDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly OneThreadDispatcher dispatcher;

    public OneThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        dispatcher = new(this);

    public override MessageDispatcher Dispatcher() => dispatcher;
}
