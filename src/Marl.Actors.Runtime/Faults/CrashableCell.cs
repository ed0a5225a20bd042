using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// A cell that may crash: stage, lanes, operators and what waits to be sent are gone. It is made anew from what was last saved
/// of it, with the numbers its links had then; what it took since then is sent to it again, and what it sends again is known.
/// </summary>
internal sealed class CrashableCell(CellAddress address, CrashDice dice, SaveRule rule, FaultyLink[] links, FaultyTransport transport, CellWitness witness)
{
    private readonly FaultyLink[] inputs = [.. links.Where(l => l.Link.Consumer == address)];
    private readonly FaultyLink[] outputs = [.. links.Where(l => l.Link.Producer == address)];
    private Saved? saved;
    private long firings;       // those done again counted once
    private int update;         // the newest it has taken a token of
    private long vectorSteps;   // the furthest a clock has come

    public CellAddress Address => address;

    /// <summary>It has crashed and is not made anew yet.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Crashes so far.</summary>
    public long Crashes => dice.Drawn;

    /// <summary>Fires if it can; saves it when that is due; crashes when that is drawn.</summary>
    public bool TryFire(StageCell cell)
    {
        if (!cell.CanFire)
        {
            return false;
        }

        if (dice.Next(firings + 1) is { } sends)
        {
            transport.FireLast(cell, sends);
            vectorSteps = Math.Max(vectorSteps, cell.VectorSteps);
            IsDown = true;
            Array.ForEach(inputs, l => l.LoseConsumer());
            Array.ForEach(outputs, l => l.LoseProducer());
            return true;
        }

        cell.TryFire();
        firings++;
        if (IsDue(cell.LastStamp))
        {
            Save(cell);
        }

        return true;
    }

    /// <summary>Saves it, so that it never goes back behind this point.</summary>
    public void Save(StageCell cell)
    {
        saved?.Dispose();
        saved = new(
            cell.SaveAmidRun(), [.. inputs.Select(l => l.SaveConsumer())], [.. outputs.Select(l => l.SaveProducer())], transport.Shown(address), witness.Mark, cell.LastStamp, firings, update);
    }

    /// <summary>Makes it anew.</summary>
    /// <param name="make">Makes the cell, before its beginning.</param>
    /// <param name="hold">Where the training clock is held now.</param>
    public StageCell Replace(Func<StageCell> make, long hold)
    {
        IsDown = false;
        (firings, update) = (saved?.Firings ?? 0, saved?.Update ?? 0);
        witness.Rewind(saved?.Witness, saved is null ? "from its beginning" : $"from what was saved at {saved.Stamp}");
        transport.Rewind(address, saved?.Shown);
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i].ReplaceConsumer(saved?.Inputs[i]);
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i].ReplaceProducer(saved?.Outputs[i]);
        }

        // Whoever wants a clock to stop wants no less than what it has done.
        var cell = make();
        var held = Math.Max(hold, vectorSteps);
        if (saved is null)
        {
            cell.Start(held);
        }
        else
        {
            cell.Replace(saved.State, held);
        }

        return cell;
    }

    private bool IsDue(Stamp stamp)
    {
        var isNewUpdate = stamp.Update > update;
        update = Math.Max(update, stamp.Update);
        return rule.Firings switch { null => isNewUpdate, 0 => false, { } every => firings % every == 0 };
    }

    /// <summary>All that is left of a cell that crashes.</summary>
    private sealed record Saved(
        StageSnapshot State,
        (long Expected, long Granted)[] Inputs,
        LinkSender.Saved[] Outputs,
        IReadOnlyDictionary<(int Cell, int Output, int Peer), long> Shown,
        object Witness,
        Stamp Stamp,
        long Firings,
        int Update) : IDisposable
    {
        public void Dispose() => Array.ForEach(Outputs, o => o.Dispose());
    }
}
