using Marl.Actors.Core.Randomness;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Simulated;

/// <summary>One simulated run: draws what happens next until nothing can, then asks the director.</summary>
internal sealed class Simulation(StageCell[] cells, SimulatedTransport transport, RunDirector director, FaultyTransport? faults, Recovery? recovery, RandomStream schedule)
{
    private readonly ReadyList waiting = new(cells.Length); // cells that may be able to fire
    private RandomStream schedule = schedule;
    private long hold = director.FirstHold;
    private string acting = "";
    private StageCell? current;

    public RunOutcome Run(CancellationToken stop)
    {
        try
        {
            transport.Connect(cells, waiting);
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
                cell.Resume(state, hold);
                recovery?.Keep(cell);
            }
            else
            {
                cell.Start(hold);
            }
        }
    }

    /// <summary>Moves, fires and makes cells anew in drawn order until nothing moves and nobody can fire.</summary>
    private void RunDry(CancellationToken stop)
    {
        waiting.AddAll();
        while (true)
        {
            if (stop.IsCancellationRequested && !director.IsStopping)
            {
                director.IsStopping = true;
                HoldAt(0);
            }

            var down = recovery?.Down ?? 0;
            var choices = transport.Ready + waiting.Count + down;
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
            }
            else if (choice < choices - down)
            {
                Fire(choice - transport.Ready);
            }
            else
            {
                var index = recovery!.Next(choice - (choices - down));
                Enter(cells[index]);
                recovery.Replace(index, cells, hold);
                waiting.Add(index);
            }
        }
    }

    private void Fire(int index)
    {
        var cell = cells[waiting[index]];
        Enter(cell);
        var hasFired = recovery?.TryFire(cell) ?? cell.TryFire();
        if (!hasFired || recovery?.IsUp(cell.Address.Index) is false)
        {
            waiting.RemoveAt(index);
        }
    }

    private void Enter(StageCell cell)
    {
        current = cell;
        acting = cell.Address.Name;
    }

    private void HoldAt(long vectorSteps)
    {
        hold = vectorSteps;
        Array.ForEach(cells, c => c.HoldAt(vectorSteps));
    }

    private CellStatus[] Status(bool withState) => [.. cells.Select(c => CellStatus.Of(c, withState))];

    /// <summary>The outcome, if the order was to end.</summary>
    private RunOutcome? Obey(Order order)
    {
        switch (order)
        {
            case Order.AskState:
                return Obey(director.Judge(Status(withState: true)));
            case Order.HoldAt to:
                HoldAt(to.VectorSteps);
                return null;
            case Order.Finish:
                hold = long.MaxValue;
                foreach (var cell in cells.Where(c => c.IsTrainingClock))
                {
                    cell.Finish();
                    recovery?.Keep(cell);
                }

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
