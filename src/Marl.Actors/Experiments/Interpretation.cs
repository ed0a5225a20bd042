using Marl.Actors.Clustering;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Microsoft.Extensions.Logging;

namespace Marl.Actors.Experiments;

/// <summary>Which interpreter runs an experiment, and how. Checkpoints are the same for all: one may go on where another stopped.</summary>
/// <param name="Interpreter">Which.</param>
/// <param name="Schedule">Seed of the order on one thread. Null: actors have threads, the simulator takes 0.</param>
/// <param name="Threads">Threads of each of the actors' two dispatchers; null for one a core.</param>
public sealed record Interpretation(Interpreter Interpreter = Interpreter.Local, long? Schedule = null, int? Threads = null)
{
    /// <summary>Where the processes are, for <see cref="Interpreter.Cluster"/>.</summary>
    public ClusterChoice? Cluster { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public Diagnostic? Problem => Interpreter == Interpreter.Cluster && Cluster is null or { Join: null, Processes: < 1 }
        ? Wrong("A cluster has to be found.", "Name one of its nodes, or a number of worker processes.")
        : Interpreter == Interpreter.Cluster && Schedule is not null
            ? Wrong("On a cluster no seed can draw the order.", "Leave the schedule out; of determinate pipelines the results are the same.")
            : ThreadProblem;

    private Diagnostic? ThreadProblem => Threads switch
    {
        null => null,
        < 1 => Wrong($"A run can't have {Threads} threads.", "Give at least 1, or leave the number out for one a core."),
        _ when Interpreter == Interpreter.Simulated => Wrong("The simulator has one thread.", "Leave the number of threads out, or run the actors: 'local'."),
        _ when Schedule is not null => Wrong("Under a schedule the actors have one thread.", "Leave out either the schedule or the number of threads."),
        _ => null,
    };

    /// <summary>What carries a run.</summary>
    /// <param name="catalog">What pipelines may name.</param>
    /// <param name="graph">What is run.</param>
    /// <param name="source">The same as it travels; asked for only where it does.</param>
    /// <param name="claims">Numbers its epochs.</param>
    /// <param name="logging">Where the actors' log goes; null discards it.</param>
    internal async Task<Result<IRunCarrier>> OpenAsync(
        ComponentCatalog catalog, Graph graph, Func<Result<PipelineSource>> source, IClaims claims, ILoggerFactory? logging = null)
    {
        if (Interpreter != Interpreter.Cluster)
        {
            return Result.Success<IRunCarrier>(new InProcess(this));
        }

        var travelling = source();
        return travelling.IsSuccess
            ? await ClusterSession.OpenAsync(this, catalog, graph, travelling.Value, claims, logging)
            : Result.Failure<IRunCarrier>(travelling.Diagnostics);
    }

    /// <summary>Runs a graph in this process.</summary>
    internal Task<RunOutcome> RunAsync(Graph graph, RunOptions options) => Interpreter == Interpreter.Simulated
        ? Task.Run(() => SimulatedInterpreter.Run(graph, options, Schedule ?? 0))
        : LocalInterpreter.RunAsync(graph, options with { Schedule = Schedule, Threads = Threads });

    private static Diagnostic Wrong(string sentence, string remedy) => new(ExperimentCodes.Interpretation, SourceSpan.None, sentence, remedy);
}
