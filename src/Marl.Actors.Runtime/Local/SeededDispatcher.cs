using Akka.Configuration;
using Akka.Dispatch;

namespace Marl.Actors.Runtime.Local;

/// <summary>Hands mailboxes to the run's <see cref="SeededKernel"/>.</summary>
internal sealed class SeededDispatcher(SeededDispatcherConfigurator configurator, SeededKernel kernel) : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => kernel.Enqueue(run);

    protected override void Shutdown()
    {
        // The kernel lives as long as its run, which disposes of it.
    }
}

/// <summary>Makes the dispatcher of an actor system whose setup holds a <see cref="SeededKernel"/>; Akka creates it by name.</summary>
internal sealed class SeededDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SeededDispatcher dispatcher;

    public SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        dispatcher = new(this, prerequisites.Settings.Setup.Get<SeededKernel>().Value);

    public override MessageDispatcher Dispatcher() => dispatcher;
}
