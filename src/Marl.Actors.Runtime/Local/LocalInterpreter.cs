using Akka.Actor;
using Akka.Hosting;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marl.Actors.Runtime.Local;

/// <summary>Runs a graph as one Akka.NET actor system in this process: one actor for each stage instance.</summary>
public static class LocalInterpreter
{
    /// <summary>
    /// Runs to the end. Never throws for what a user can cause; the outcome says what happened. With a
    /// <see cref="RunOptions.Schedule"/>, one thread runs all actors in the order it draws.
    /// </summary>
    public static async Task<RunOutcome> RunAsync(Graph graph, RunOptions options)
    {
        using var kernel = options.Schedule is { } seed ? new SeededKernel(seed) : null;
        return await RunAsync(graph, options, kernel);
    }

    /// <summary>Runs to the end, on the thread of a kernel if there is one.</summary>
    internal static async Task<RunOutcome> RunAsync(Graph graph, RunOptions options, SeededKernel? kernel)
    {
        var topology = Topology.Of(graph);
        var activity = new Activity();
        var transport = new LocalTransport(activity);
        var made = new CellFactory(topology, transport, options).MakeAll();
        if (made.Failure is { } refusal)
        {
            return refusal;
        }

        var done = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var dispatchers = new Dispatchers(options.Threads, kernel is not null, options.Processors);
        return await HostAsync(new(topology, made.Cells, transport, activity, dispatchers, new(graph, options), options.Observer, done), options, kernel);
    }

    private static async Task<RunOutcome> HostAsync(RunPlan plan, RunOptions options, SeededKernel? kernel)
    {
        using var host = ActorHost.Build(plan.Dispatchers.Configuration, options.Logging, akka =>
        {
            if (kernel is not null)
            {
                akka.AddSetup(kernel);
            }

            akka.WithActors((system, _) => system.ActorOf(Props.Create(() => new RootActor(plan)), "marl"));
        });
        await host.StartAsync();
        var run = host.Services.GetRequiredService<ActorSystem>().ActorSelection(RootActor.RunPath);
        await using var stop = options.Stop.Register(() => run.Tell(StopRun.Instance));
        var outcome = await plan.Done.Task;
        kernel?.Release();
        await host.StopAsync();
        return outcome;
    }
}
