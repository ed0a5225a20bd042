using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;

namespace Marl.Actors.Runtime.Directing;

/// <summary>
/// Leads a run, whatever carries its messages. An interpreter calls it whenever nothing is under way; because the graph is a
/// Kahn network, the state it runs dry in is always the same. The director says what that means: held clocks, one a shard of
/// the world (checkpoint, then on), the end, a full edge, or a standstill.
/// </summary>
internal sealed class RunDirector(Graph graph, RunOptions options)
{
    /// <summary>Environment steps done at the last boundary.</summary>
    public long Steps { get; private set; } = options.Resume?.EnvironmentSteps ?? 0;

    /// <summary>The newest checkpoint.</summary>
    public string? Checkpoint { get; private set; }

    /// <summary>Somebody asked for an end at the next boundary.</summary>
    public bool IsStopping { get; set; }

    /// <summary>How often room had to be made.</summary>
    public int Growths { get; private set; }

    /// <summary>The vector step at which the clock is held first.</summary>
    public long FirstHold => NextHold();

    /// <summary>The state a cell goes on from; null on a fresh run.</summary>
    public StageSnapshot? Saved(string cell) => options.Resume?.Cells[cell];

    /// <summary>The outcome of a run that something has broken.</summary>
    public RunOutcome Failed(params Values<Diagnostic> failures) => new(RunEnding.Failed, Steps, failures, Checkpoint) { Growths = Growths };

    /// <summary>The outcome of a run whose stage has failed.</summary>
    public RunOutcome Failed(StageFailure failure) => Failed(FailurePolicy.Describe(failure, Checkpoint));

    /// <summary>What to do now.</summary>
    public Order Judge(IReadOnlyList<CellStatus> cells)
    {
        if (cells.Where(c => c.IsHeld).MinBy(c => c.VectorSteps) is { } clock)
        {
            var boundary = Boundary(cells);
            if (clock.VectorSteps < boundary)
            {
                return new Order.HoldAt(boundary);
            }

            if (cells.All(c => c.IsHeld || c.HasEnded || !c.IsTrainingClock))
            {
                Steps = clock.VectorSteps * graph.Copies;
                return options.CheckpointFolder is not null && cells.Any(c => c.State is null) ? new Order.AskState() : AtBoundary(clock, cells);
            }
        }

        if (cells.All(c => c.HasEnded))
        {
            Steps = cells.Max(c => c.VectorSteps) * graph.Copies;
            return new Order.End(new(IsStopping ? RunEnding.Stopped : RunEnding.Completed, Steps, [], Checkpoint) { Growths = Growths });
        }

        Link[] blocked = [.. cells.SelectMany(c => c.Blocked)];
        Growths += blocked.Length;
        return blocked.Length > 0 ? new Order.Grow(blocked) : new Order.End(Failed(Stall.Describe(cells)));
    }

    /// <summary>
    /// Where the clocks of all shards are held together: the end of the iteration that the foremost is in. Asked to stop, each
    /// holds where it comes to a boundary first, and those behind must then go on to where the others are.
    /// </summary>
    private long Boundary(IReadOnlyList<CellStatus> cells)
    {
        var foremost = cells.Where(c => c.IsTrainingClock).MaxBy(c => c.VectorSteps)!;
        return foremost.IsHeld || foremost.HasEnded ? foremost.VectorSteps : CeilingDivide(foremost.VectorSteps, graph.Iteration) * graph.Iteration;
    }

    private static long CeilingDivide(long a, long b) => (a + b - 1) / b;

    /// <summary>Everything has run dry behind a held clock: save, then go on or finish.</summary>
    private Order AtBoundary(CellStatus clock, IReadOnlyList<CellStatus> cells)
    {
        if (options.CheckpointFolder is { } folder)
        {
            if (options.MayCommit?.Invoke() is { } fenced)
            {
                return new Order.End(Failed(fenced));
            }

            var heldBack = new StageSnapshot();
            options.Observer.Save(heldBack);
            var state = new Checkpoint(
                graph.Name, graph.Seed, clock.VectorSteps, Steps, cells.ToDictionary(c => c.Address.Name, c => c.State!))
            {
                Observer = heldBack.Entries.Count > 0 ? heldBack : null,
            };
            var written = CheckpointFile.Write(folder, state);
            if (!written.IsSuccess)
            {
                return new Order.End(Failed(written.Diagnostics));
            }

            Checkpoint = written.Value;
            options.Observer.Checkpointed(Steps, Checkpoint);
        }

        return IsStopping || clock.VectorSteps >= graph.VectorSteps ? new Order.Finish() : new Order.HoldAt(NextHold());
    }

    private long NextHold()
    {
        if (options.CheckpointFolder is null)
        {
            return graph.VectorSteps;
        }

        var period = CeilingDivide(CeilingDivide(graph.CheckpointSteps, graph.Copies), graph.Iteration) * graph.Iteration;
        return Math.Min(graph.VectorSteps, ((Steps / graph.Copies / period) + 1) * period);
    }
}
