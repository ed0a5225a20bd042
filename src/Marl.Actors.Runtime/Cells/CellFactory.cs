using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Signatures;
using Marl.Actors.Runtime.Supervision;

namespace Marl.Actors.Runtime.Cells;

/// <summary>Makes the cells of a graph.</summary>
internal sealed class CellFactory(Topology topology, ITransport transport, RunOptions options)
{
    private readonly ITransport carrier = options.Trace?.Before(transport, topology) ?? transport;
    private ICellWatch?[] watches = [];

    /// <summary>Makes every cell, or says why one can't be made here.</summary>
    public (StageCell[] Cells, RunOutcome? Failure) MakeAll() => Make(topology.Cells);

    /// <summary>Makes some cells; the others stand elsewhere.</summary>
    public (StageCell[] Cells, RunOutcome? Failure) Make(IEnumerable<CellAddress> some)
    {
        if (Mismatch(topology, options.Resume) is { } mismatch)
        {
            return ([], new(RunEnding.Failed, 0, [mismatch], null));
        }

        watches = [.. topology.Cells.Select(c => CellWatches.Of(Watchers(), c, topology))];
        var cells = new List<StageCell>();
        foreach (var address in some)
        {
            try
            {
                cells.Add(Make(address));
            }
            catch (Exception e)
            {
                cells.ForEach(c => c.Dispose());
                return ([], new(RunEnding.Failed, 0, [FailurePolicy.Describe(new StageFailure(address.Name, null, e), null)], null));
            }
        }

        return ([.. cells], null);
    }

    /// <summary>Makes one cell, which may take the place of another; whoever watches it goes on watching.</summary>
    public StageCell Make(CellAddress address) => new(address, topology, carrier, options.Observer.Wants, watches[address.Index]);

    private Values<ICellWatcher> Watchers() =>
    [
        .. options.Profile is { } profile ? [profile] : Array.Empty<ICellWatcher>(), // first, so that it does not measure the others
        .. options.Watchers,
        .. options.Inboxes is { } inboxes ? [inboxes] : Array.Empty<ICellWatcher>(),
        .. options.Witness is { } witness ? [witness] : Array.Empty<ICellWatcher>(),
        .. options.ChecksSignatures ? [new SignatureWatcher()] : Array.Empty<ICellWatcher>(),
    ];

    /// <summary>Why a checkpoint does not belong to a graph; null when it does, or when there is none.</summary>
    public static Diagnostic? Mismatch(Topology topology, Checkpoint? resume)
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
