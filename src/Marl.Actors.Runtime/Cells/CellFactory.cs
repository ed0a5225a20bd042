using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;

namespace Marl.Actors.Runtime.Cells;

/// <summary>Makes the cells of a graph, or says why one can't be made here.</summary>
internal static class CellFactory
{
    public static (StageCell[] Cells, RunOutcome? Failure) Make(Topology topology, ITransport transport, RunOptions options)
    {
        if (Mismatch(topology, options.Resume) is { } mismatch)
        {
            return ([], new(RunEnding.Failed, 0, [mismatch], null));
        }

        var carrier = options.Trace?.Before(transport, topology) ?? transport;
        var watchers = options.Inboxes is null ? options.Watchers : [.. options.Watchers, options.Inboxes];
        var cells = new List<StageCell>();
        foreach (var address in topology.Cells)
        {
            try
            {
                cells.Add(new(address, topology, carrier, options.Observer.Wants, CellWatches.Of(watchers, address, topology)));
            }
            catch (Exception e)
            {
                cells.ForEach(c => c.Dispose());
                return ([], new(RunEnding.Failed, 0, [FailurePolicy.Describe(new StageFailure(address.Name, null, e), null)], null));
            }
        }

        return ([.. cells], null);
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
}
