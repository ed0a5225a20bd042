using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Experiments;

/// <summary>Which interpreter runs an experiment, and how. Checkpoints are the same for all: one may go on where another stopped.</summary>
/// <param name="Interpreter">Which.</param>
/// <param name="Schedule">Seed of the order on one thread. Null: actors have threads, the simulator takes 0.</param>
/// <param name="Threads">Threads of each of the actors' two dispatchers; null for one a core.</param>
public sealed record Interpretation(Interpreter Interpreter = Interpreter.Local, long? Schedule = null, int? Threads = null)
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    public Diagnostic? Problem => Threads switch
    {
        null => null,
        < 1 => Wrong($"A run can't have {Threads} threads.", "Give at least 1, or leave the number out for one a core."),
        _ when Interpreter == Interpreter.Simulated => Wrong("The simulator has one thread.", "Leave the number of threads out, or run the actors: 'local'."),
        _ when Schedule is not null => Wrong("Under a schedule the actors have one thread.", "Leave out either the schedule or the number of threads."),
        _ => null,
    };

    /// <summary>Runs a graph.</summary>
    internal Task<RunOutcome> RunAsync(Graph graph, RunOptions options) => Interpreter == Interpreter.Simulated
        ? Task.Run(() => SimulatedInterpreter.Run(graph, options, Schedule ?? 0))
        : LocalInterpreter.RunAsync(graph, options with { Schedule = Schedule, Threads = Threads });

    private static Diagnostic Wrong(string sentence, string remedy) => new(ExperimentCodes.Interpretation, SourceSpan.None, sentence, remedy);
}
