using Akka.Actor;
using Akka.Hosting;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marl.Actors.Runtime.Local;

/// <summary>Runs a graph as one Akka.NET actor system in this process: one actor for each stage instance.</summary>
public static class LocalInterpreter
{
    /// <summary>Runs to the end. Never throws for what a user can cause; the outcome says what happened.</summary>
    public static async Task<RunOutcome> RunAsync(Graph graph, RunOptions options)
    {
        var topology = Topology.Of(graph);
        if (Mismatch(topology, options.Resume) is { } mismatch)
        {
            return new(RunEnding.Failed, 0, [mismatch], null);
        }

        var activity = new Activity();
        var transport = new LocalTransport(activity);
        var cells = new List<StageCell>();
        foreach (var address in topology.Cells)
        {
            try
            {
                cells.Add(new(address, topology, transport, options.Observer.Wants));
            }
            catch (Exception e)
            {
                cells.ForEach(c => c.Dispose());
                return new(RunEnding.Failed, 0, [FailurePolicy.Describe(new(address.Name, null, e), null)], null);
            }
        }

        var done = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await HostAsync(new(topology, cells, transport, activity, new(graph, options), options.Observer, done), options);
    }

    private static async Task<RunOutcome> HostAsync(RunPlan plan, RunOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(options.Logging ?? NullLoggerFactory.Instance);
        builder.Services.AddAkka("marl", akka => akka
            .AddHocon(Dispatchers.Configuration, HoconAddMode.Prepend)
            .ConfigureLoggers(log =>
            {
                log.ClearLoggers();
                log.AddLoggerFactory();
            })
            .WithActors((system, _) => system.ActorOf(Props.Create(() => new RunActor(plan)), "run")));

        using var host = builder.Build();
        await host.StartAsync();
        var run = host.Services.GetRequiredService<ActorSystem>().ActorSelection("/user/run");
        await using var stop = options.Stop.Register(() => run.Tell(StopRun.Instance));
        var outcome = await plan.Done.Task;
        await host.StopAsync();
        return outcome;
    }

    private static Diagnostic? Mismatch(Topology topology, Checkpoint? resume)
    {
        if (resume is null)
        {
            return null;
        }

        var missing = topology.Cells.Select(c => c.Name).Except(resume.Cells.Keys).ToArray();
        var spare = resume.Cells.Keys.Except(topology.Cells.Select(c => c.Name)).ToArray();
        return missing.Length + spare.Length == 0 && resume.Seed == topology.Graph.Seed
            ? null
            : new(
                CheckpointCodes.OtherPipeline,
                SourceSpan.Whole(topology.Graph.Name),
                $"The checkpoint was saved by '{resume.Pipeline}' with seed {resume.Seed}"
                    + (missing.Length > 0 ? $" and lacks {string.Join(", ", missing)}." : spare.Length > 0 ? $" and also holds {string.Join(", ", spare)}." : "."),
                "Resume with the pipeline and seed of that run.");
    }

    /// <summary>The host lives as long as the run; Ctrl-C is the caller's business.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
