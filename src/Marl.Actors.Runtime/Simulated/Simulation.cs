using Marl.Actors.Core.Randomness;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Simulated;

/// <summary>One simulated run: draws what happens next until nothing can, then asks the director.</summary>
internal sealed class Simulation(StageCell[] cells, SimulatedTransport transport, RunDirector director, FaultyTransport? faults, RandomStream schedule)
{
    private readonly List<StageCell> waiting = [.. cells]; // cells that may be able to fire
    private RandomStream schedule = schedule;
    private string acting = "";
    private StageCell? current;

    public RunOutcome Run(CancellationToken stop)
    {
        try
        {
            Begin();
            while (true)
            {
                RunDry(stop);
                if (Obey(director.Judge(Status(withState: false))) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (Exception cause)
        {
            return director.Failed(new StageFailure(acting, current?.LastStamp, cause));
        }
    }

    private void Begin()
    {
        foreach (var cell in cells)
        {
            Enter(cell);
            if (director.Saved(cell.Address.Name) is { } state)
            {
                cell.Resume(state, director.FirstHold);
            }
            else
            {
                cell.Start(director.FirstHold);
            }
        }
    }

    /// <summary>Moves and fires in drawn order until nothing moves and nobody can fire.</summary>
    private void RunDry(CancellationToken stop)
    {
        waiting.Clear();
        waiting.AddRange(cells);
        while (true)
        {
            if (stop.IsCancellationRequested && !director.IsStopping)
            {
                director.IsStopping = true;
                Array.ForEach(cells, c => c.HoldAt(0));
            }

            var choices = transport.Ready + waiting.Count;
            if (choices == 0)
            {
                if (faults is null || !faults.Expire())
                {
                    return;
                }

                continue;
            }

            var choice = schedule.NextInt(choices);
            if (choice < transport.Ready)
            {
                acting = "edges";
                transport.Move(choice);
                waiting.Clear();
                waiting.AddRange(cells); // a token or a credit may have woken anybody
            }
            else
            {
                Fire(choice - transport.Ready);
            }
        }
    }

    private void Fire(int index)
    {
        Enter(waiting[index]);
        if (!waiting[index].TryFire())
        {
            waiting[index] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
        }
    }

    private void Enter(StageCell cell)
    {
        current = cell;
        acting = cell.Address.Name;
    }

    private CellStatus[] Status(bool withState) => [.. cells.Select(c => CellStatus.Of(c, withState))];

    /// <summary>The outcome, if the order was to end.</summary>
    private RunOutcome? Obey(Order order)
    {
        switch (order)
        {
            case Order.AskState:
                return Obey(director.Judge(Status(withState: true)));
            case Order.HoldAt hold:
                Array.ForEach(cells, c => c.HoldAt(hold.VectorSteps));
                return null;
            case Order.Finish:
                Array.ForEach(cells, c => c.Finish());
                return null;
            case Order.Grow grow:
                foreach (var link in grow.Links)
                {
                    cells[link.Consumer.Index].Grow(link);
                }

                return null;
            default:
                return ((Order.End)order).Outcome;
        }
    }
}
