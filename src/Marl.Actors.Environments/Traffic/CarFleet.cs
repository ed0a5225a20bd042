using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Environments.Traffic;

/// <summary>The cars of all copies: who is where, how they move, arrive and leave. Slots are numbered copy · cars + car.</summary>
internal sealed class CarFleet(RoadMap map, int cars, int copies)
{
    private const int Away = -1;

    private readonly int[] routes = EmptySlots(cars * copies);
    private readonly int[] places = new int[copies * cars];            // cells done on the route
    private readonly int[] waits = new int[copies * cars];             // steps since it arrived
    private readonly int[] braked = new int[copies * cars];            // 1 where its last action was to brake
    private readonly int[] gone = new int[copies * cars];              // 1 where the last step ended its route
    private readonly int[] counts = new int[copies * map.Cells.Length]; // cars in each cell
    private readonly ulong[] arrivals = new ulong[copies];             // the streams that arrivals are drawn from

    /// <summary>Whether a car is in the slot.</summary>
    public bool IsThere(int slot) => routes[slot] != Away;

    /// <summary>Index of its route.</summary>
    public int Route(int slot) => routes[slot];

    /// <summary>Index of the cell it is in.</summary>
    public int Cell(int slot) => map.Routes[routes[slot]].Cells[places[slot]];

    /// <summary>The cell gas would take it to; null where its route ends.</summary>
    public int? Next(int slot) => places[slot] + 1 < map.Routes[routes[slot]].Cells.Length ? map.Routes[routes[slot]].Cells[places[slot] + 1] : null;

    /// <summary>Cells it has done.</summary>
    public int Place(int slot) => places[slot];

    /// <summary>Steps since it arrived; 0 before its own first.</summary>
    public int Waited(int slot) => waits[slot];

    /// <summary>1 where its last action was to brake.</summary>
    public int Braked(int slot) => braked[slot];

    /// <summary>1 where the last step ended its route.</summary>
    public int Gone(int slot) => gone[slot];

    /// <summary>Cars in a cell.</summary>
    public int Count(int copy, int cell) => counts[(copy * map.Cells.Length) + cell];

    /// <summary>Empties a copy.</summary>
    public void Reset(int copy, ulong stream)
    {
        Array.Fill(routes, Away, copy * cars, cars);
        Array.Clear(places, copy * cars, cars);
        Array.Clear(waits, copy * cars, cars);
        Array.Clear(braked, copy * cars, cars);
        Array.Clear(gone, copy * cars, cars);
        Array.Clear(counts, copy * map.Cells.Length, map.Cells.Length);
        arrivals[copy] = stream;
    }

    /// <summary>A step begins.</summary>
    public void Begin() => Array.Clear(gone);

    /// <summary>A car that is there brakes or moves on, perhaps off the map.</summary>
    public void Drive(int copy, int slot, bool brakes)
    {
        waits[slot]++;
        braked[slot] = brakes ? 1 : 0;
        if (brakes)
        {
            return;
        }

        counts[(copy * map.Cells.Length) + Cell(slot)]--;
        if (++places[slot] == map.Routes[routes[slot]].Cells.Length)
        {
            (routes[slot], places[slot], waits[slot], braked[slot], gone[slot]) = (Away, 0, 0, 0, 1);
        }
        else
        {
            counts[(copy * map.Cells.Length) + Cell(slot)]++;
        }
    }

    /// <summary>At each entry a car may come, on one of its routes, into one of the free slots.</summary>
    public void Arrive(int copy, double rate)
    {
        var random = new RandomStream(arrivals[copy]);
        foreach (var choices in map.RoutesOf)
        {
            var isComing = random.NextDouble() < rate;
            var (which, route) = (random.NextDouble(), random.NextInt(choices.Length)); // drawn in any case: a full map changes nothing later
            if (isComing && FreeSlot(copy, which) is >= 0 and var slot)
            {
                (routes[slot], places[slot], waits[slot], braked[slot]) = (choices[route], 0, 0, 0);
                counts[(copy * map.Cells.Length) + Cell(slot)]++;
            }
        }

        arrivals[copy] = random.State;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("traffic.routes", routes);
        snapshot.Put<int>("traffic.places", places);
        snapshot.Put<int>("traffic.waits", waits);
        snapshot.Put<int>("traffic.braked", braked);
        snapshot.Put<int>("traffic.gone", gone);
        snapshot.Put<int>("traffic.counts", counts);
        snapshot.Put<ulong>("traffic.arrivals", arrivals);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("traffic.routes", routes);
        snapshot.GetInto<int>("traffic.places", places);
        snapshot.GetInto<int>("traffic.waits", waits);
        snapshot.GetInto<int>("traffic.braked", braked);
        snapshot.GetInto<int>("traffic.gone", gone);
        snapshot.GetInto<int>("traffic.counts", counts);
        snapshot.GetInto<ulong>("traffic.arrivals", arrivals);
    }

    private static int[] EmptySlots(int count)
    {
        var slots = new int[count];
        Array.Fill(slots, Away);
        return slots;
    }

    private int FreeSlot(int copy, double which)
    {
        var free = 0;
        for (var slot = copy * cars; slot < (copy + 1) * cars; slot++)
        {
            free += IsFree(slot) ? 1 : 0;
        }

        var left = (int)(which * free);
        for (var slot = copy * cars; slot < (copy + 1) * cars; slot++)
        {
            if (IsFree(slot) && left-- == 0)
            {
                return slot;
            }
        }

        return Away;
    }

    private bool IsFree(int slot) => routes[slot] == Away && gone[slot] == 0;
}
