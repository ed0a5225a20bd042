using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Traffic;

/// <summary>
/// The traffic junction of Sukhbaatar, Szlam, Fergus, NeurIPS 2016 (CommNet), with the maps, numbers and rules of IC3Net
/// (Singh, Jain, Sukhbaatar, ICLR 2019). Cars arrive at random on given routes; in each step a car takes gas (0), one cell
/// on, or brakes (1). It is paid −0.01 · τ, τ the steps since it arrived, and −10 where it is in one cell with another; at
/// the end of its route it is gone. An episode is a success if nobody collided. A car sees its last action, its route, its
/// cell, all one-hot, and how many cars are in the cells around it: at vision 0 it can't see who is coming.
/// </summary>
/// <remarks>
/// Two rules differ from IC3Net: a car is paid from its first own step on, so one that arrives in an occupied cell costs only
/// the car there (the episode fails all the same); and the slot of a car that is gone is taken again one step later.
/// Share of successes with random actions, with always gas, and with drivers that see all cars and give way: easy 0.01,
/// 0.31, 1.00; medium 0.00, 0.03, 1.00; hard 0.00, 0.08, 1.00 (over 1,000 episodes, tested).
/// </remarks>
internal sealed class TrafficJunction : IWorld, IDrawableWorld
{
    internal const int Gas = 0;
    internal const int Brake = 1;

    private const int Actions = 2;
    private const double TimePenalty = -0.01;
    private const double CrashPenalty = -10;

    private readonly TrafficJunctionOptions options;
    private readonly RoadMap map;
    private readonly int cars;
    private readonly int width;      // floats a car sees
    private readonly int[] windows;  // [cells, seen cells]: cells of roads in sight, −1 for none
    private readonly int seen;       // cells in sight
    private readonly CarFleet fleet;
    private readonly int[] collided; // [copies]: 1 where the episode has seen a collision
    private readonly int[] ages;     // [copies]: steps of the episode
    private readonly long[] age;     // [1]: steps of all episodes, for the curriculum

    public TrafficJunction(TrafficJunctionOptions options, int copies)
    {
        this.options = options;
        Copies = copies;
        cars = options.AllCars;
        map = RoadMap.Of(options.Difficulty, options.Rows);
        windows = map.Windows(options.Vision);
        seen = windows.Length / map.Cells.Length;
        width = 1 + map.Routes.Length + map.Cells.Length + seen;
        fleet = new(map, cars, copies);
        (collided, ages, age) = (new int[copies], new int[copies], new long[1]);
        var car = new AgentSpec("", new Box(width, 0, cars), new Discrete(Actions), HasMask: true, NoOp: Brake);
        Spec = new(
            Enumerable.Range(0, cars).Select(i => car with { Name = $"car-{i}" }).ToValues(),
            RewardConvention.PerAgent,
            options.Steps,
            StateWidth: map.Cells.Length + map.Routes.Length + 1,
            FixedRoster: false,
            HasSuccess: true);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public double Extent => map.Size / 2.0;

    /// <summary>The chance of a car at each entry in this step.</summary>
    internal double Rate => options.RampTo == 0
        ? options.LastRate
        : options.BeginningRate + ((options.LastRate - options.BeginningRate) * Math.Clamp((age[0] - options.RampFrom) / (double)(options.RampTo - options.RampFrom), 0, 1));

    /// <summary>The roads, for drivers written by hand.</summary>
    internal RoadMap Map => map;

    /// <summary>The cars, for drivers written by hand.</summary>
    internal CarFleet Fleet => fleet;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        fleet.Reset(copy, random.NextBits());
        (collided[copy], ages[copy]) = (0, 0);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        fleet.Begin();
        for (var car = 0; car < cars; car++)
        {
            Drive(car, actions[car]);
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            fleet.Arrive(copy, Rate);
            Pay(copy, rewards);
            ages[copy]++;
        }

        age[0]++;
    }

    /// <summary>Braked, route, cell, one-hot, and the number of cars in each cell in sight; zeros for a slot without a car.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var slot = At(copy, agent);
            if (!fleet.IsThere(slot))
            {
                continue;
            }

            var row = observations.Slice(copy * width, width);
            var cell = fleet.Cell(slot);
            row[0] = fleet.Braked(slot);
            row[1 + fleet.Route(slot)] = 1;
            row[1 + map.Routes.Length + cell] = 1;
            for (var i = 0; i < seen; i++)
            {
                var other = windows[(cell * seen) + i];
                row[width - seen + i] = other < 0 ? 0 : fleet.Count(copy, other);
            }
        }
    }

    /// <summary>Cars in each cell, cars on each route, and how much of the episode is over.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            for (var car = 0; car < cars; car++)
            {
                var slot = At(copy, car);
                if (fleet.IsThere(slot))
                {
                    row[fleet.Cell(slot)]++;
                    row[map.Cells.Length + fleet.Route(slot)]++;
                }
            }

            row[^1] = (float)ages[copy] / options.Steps;
        }
    }

    /// <summary>Both for a car that is there, braking for a slot without one.</summary>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            mask[(copy * Actions) + Gas] = fleet.IsThere(At(copy, agent)) ? 1 : 0;
            mask[(copy * Actions) + Brake] = 1;
        }
    }

    /// <inheritdoc/>
    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            active[copy] = fleet.IsThere(At(copy, agent)) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Departed(int agent, Span<float> departed)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            departed[copy] = fleet.Gone(At(copy, agent));
        }
    }

    /// <summary>Nobody collided.</summary>
    public void Succeeded(Span<float> succeeded)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            succeeded[copy] = 1 - collided[copy];
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        fleet.Save(snapshot);
        snapshot.Put<int>("traffic.collided", collided);
        snapshot.Put<int>("traffic.ages", ages);
        snapshot.Put<long>("traffic.age", age);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        fleet.Load(snapshot);
        snapshot.GetInto<int>("traffic.collided", collided);
        snapshot.GetInto<int>("traffic.ages", ages);
        snapshot.GetInto<long>("traffic.age", age);
    }

    /// <inheritdoc/>
    public IReadOnlyList<DrawnCircle> Draw(int copy) =>
    [
        .. map.Cells.Select((cell, i) => Circle($"road-{i}", cell, 0.5, "#d0d0d0", "")),
        .. Enumerable.Range(0, cars).Select(car => fleet.IsThere(At(copy, car))
            ? Circle($"car-{car}", map.Cells[fleet.Cell(At(copy, car))], 0.35, fleet.Braked(At(copy, car)) == 1 ? "#d95959" : "#59a659", $"{car}")
            : new DrawnCircle($"car-{car}", 0, 0, 0, "#ffffff", "")),
    ];

    private DrawnCircle Circle(string id, (int Row, int Column) cell, double radius, string colour, string label) =>
        new(id, cell.Column + 0.5 - Extent, Extent - cell.Row - 0.5, radius, colour, label);

    private int At(int copy, int car) => (copy * cars) + car;

    private void Drive(int car, ReadOnlySpan<float> actions)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            if (!fleet.IsThere(At(copy, car)))
            {
                continue;
            }

            if (actions[copy] is not (Gas or Brake))
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'{Spec.Agents[car].Name}' has no action {actions[copy]}.");
            }

            fleet.Drive(copy, At(copy, car), brakes: actions[copy] == Brake);
        }
    }

    private void Pay(int copy, Span<float> rewards)
    {
        for (var car = 0; car < cars; car++)
        {
            var slot = At(copy, car);
            if (fleet.IsThere(slot))
            {
                var isCrash = fleet.Count(copy, fleet.Cell(slot)) > 1;
                var waited = fleet.Waited(slot);
                collided[copy] |= isCrash ? 1 : 0;
                rewards[(car * Copies) + copy] = waited == 0 ? 0 : (float)((TimePenalty * waited) + (isCrash ? CrashPenalty : 0));
            }
        }
    }
}
