using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>
/// One stage instance with its inputs and outputs: takes tokens, fires the stage when it has what it needs, sends what
/// follows within its credits. Knows no threads and no actors; every interpreter drives the same cells.
/// </summary>
internal sealed class StageCell
{
    private readonly IStage stage;
    private readonly IClock? clock; // the training clock; evaluation follows its weights and is never held
    private readonly ITransport transport;
    private readonly CellInputs inputs;
    private readonly CellOutputs outputs;
    private readonly ICellWatch? watch;
    private long holdAt = long.MaxValue;
    private bool finishing;

    public StageCell(CellAddress address, Topology topology, ITransport transport, Func<Node, OutputPort, bool> observe, ICellWatch? watch)
    {
        Address = address;
        this.transport = transport;
        this.watch = watch;
        stage = address.CreateStage(topology.Graph);
        clock = address.Node.Purpose == Purpose.Training ? stage as IClock : null;
        inputs = new(address, topology, watch);
        outputs = new(address, topology, transport, observe, watch);
    }

    public CellAddress Address { get; }

    public bool HasEnded { get; private set; }

    /// <summary>The clock is held at an iteration's boundary, or at the end of the experiment.</summary>
    public bool IsHeld => !HasEnded && clock is not null && clock.VectorSteps >= holdAt
        && (clock.AtBoundary || ReferenceEquals(stage.Needs, Needs.Ended));

    /// <summary>It is told when to stop.</summary>
    public bool IsTrainingClock => clock is not null;

    public long VectorSteps => clock?.VectorSteps ?? 0;

    /// <summary>Logical time of the last token taken, for messages about failures.</summary>
    public Stamp LastStamp => inputs.LastStamp;

    /// <summary>Links with tokens that wait for credits.</summary>
    public IEnumerable<Link> BlockedLinks => outputs.BlockedLinks;

    /// <summary>Links the cell waits on.</summary>
    public IEnumerable<Link> StarvedLinks => HasEnded ? [] : inputs.Starved(stage.Needs);

    public InLink Input(Link link) => inputs[link];

    /// <summary>Begins a fresh run.</summary>
    public void Start(long hold)
    {
        holdAt = hold;
        inputs.Start();
        watch?.Began(null);
        stage.Start(outputs);
        watch?.Fired();
    }

    /// <summary>Goes on from a saved state.</summary>
    public void Resume(StageSnapshot snapshot, long hold)
    {
        Load(snapshot, hold);
        if (watch is not null)
        {
            inputs.Show(watch);
            outputs.Show(watch);
            watch.Began(snapshot);
        }
    }

    /// <summary>The whole state; only meaningful while nothing is on its way.</summary>
    public StageSnapshot Save()
    {
        var snapshot = new StageSnapshot();
        snapshot.Put("cell.has-ended", (byte)(HasEnded ? 1 : 0));
        stage.Save(snapshot);
        inputs.Save(snapshot);
        outputs.Save(snapshot);
        return snapshot;
    }

    /// <summary>
    /// The whole state between two firings, whatever is on its way: with what is agreed with the neighbours, who go on when
    /// this cell is made anew from it.
    /// </summary>
    public StageSnapshot SaveAmidRun()
    {
        var snapshot = Save();
        snapshot.Put("cell.finishing", (byte)(finishing ? 1 : 0));
        inputs.SaveAgreements(snapshot);
        outputs.SaveAgreements(snapshot);
        return snapshot;
    }

    /// <summary>Takes the place of a cell that was saved amid the run.</summary>
    public void Replace(StageSnapshot snapshot, long hold)
    {
        Load(snapshot, hold);
        HasEnded = finishing; // a resumed cell ends once more, for neighbours that begin anew; here they know
        finishing = snapshot.GetOne<byte>("cell.finishing") == 1;
        inputs.LoadAgreements(snapshot);
        outputs.LoadAgreements(snapshot);
        watch?.Began(snapshot);
    }

    /// <summary>Moves the hold of the training clock; other cells have none.</summary>
    public void HoldAt(long vectorSteps) => holdAt = vectorSteps;

    /// <summary>Ends the training clock; what hangs on it ends by itself.</summary>
    public void Finish()
    {
        finishing |= clock is not null;
        holdAt = long.MaxValue;
    }

    public void ReceiveGrant(Link link, int credits) => outputs.Grant(link, credits);

    /// <summary>Gives credits back for a link. Tokens for an ended stage are dropped: no producer may wait for it.</summary>
    public void Settle(InLink input)
    {
        if (HasEnded)
        {
            input.Lane.Clear();
        }

        GrantBack(input);
    }

    /// <summary>Makes room on an input.</summary>
    public void Grow(Link link)
    {
        inputs[link].Grow();
        GrantBack(inputs[link]);
    }

    /// <summary>Whether <see cref="TryFire"/> would do something.</summary>
    public bool CanFire => !HasEnded && !IsHeld && !outputs.IsBlocked && (MustEnd(stage.Needs) || inputs.Have(stage.Needs));

    /// <summary>Fires once, or ends, if it can. False when it has to wait.</summary>
    public bool TryFire()
    {
        if (HasEnded)
        {
            return false;
        }

        // First what most often is missing: this is asked for every token.
        var needs = stage.Needs;
        var mustEnd = MustEnd(needs);
        if ((!mustEnd && !inputs.Have(needs)) || IsHeld || outputs.IsBlocked)
        {
            return false;
        }

        if (mustEnd)
        {
            End();
            return true;
        }

        inputs.Take(needs);
        watch?.Took(inputs.Firing);
        stage.Fire(inputs.Firing, outputs);
        watch?.Fired();
        inputs.Firing.Release();
        for (var i = 0; i < inputs.Links.Count; i++)
        {
            GrantBack(inputs.Links[i]);
        }

        return true;
    }

    public void Dispose() => stage.Dispose();

    private void Load(StageSnapshot snapshot, long hold)
    {
        holdAt = hold;
        finishing = snapshot.GetOne<byte>("cell.has-ended") == 1;
        stage.Load(snapshot);
        inputs.Load(snapshot);
        outputs.Load(snapshot);
    }

    private bool MustEnd(Needs needs) => finishing || ReferenceEquals(needs, Needs.Ended) || inputs.AreExhausted(needs);

    private void GrantBack(InLink input)
    {
        var grant = input.TakeGrant();
        if (grant > 0)
        {
            transport.Grant(input.Link, grant);
        }
    }

    private void End()
    {
        HasEnded = true;
        watch?.Ended();
        outputs.End();
        foreach (var input in inputs.Links)
        {
            Settle(input);
        }
    }
}
