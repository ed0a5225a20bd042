using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Navigation;

/// <summary>
/// Team navigation: a square field of as many cells as agents, with a landmark at a random place in each. The agents of a
/// group begin together at a random place, so there is a crowd in some parts and nobody in others. In each step an agent
/// stays (0) or moves a quarter of a cell right, left, up or down (1 to 4); whoever is nearest to a landmark, within a fifth of
/// a cell, covers it and is paid 1. An agent's return over the steps is thus the share of landmarks covered, on average over
/// agents; an episode succeeds if all are covered at its end. Nobody sees farther than its sight: to spread over the field, a
/// team must agree on who goes where.
/// </summary>
internal sealed class TeamNavigation : IWorld, IDrawableWorld
{
    internal const double Pace = 0.25;   // cells a step
    internal const double Reach = 0.2;   // cells from which a landmark is covered; at a quarter of a cell a step one comes within 0.18

    private const int Actions = 5;
    private const double Margin = 0.2;   // between a landmark and the border of its cell: nobody covers two
    private const double Cluster = 0.5;  // cells from the middle of a group to its members at the start, at most
    private const int Width = LocalView.Width;
    private const int Nobody = -1;
    private const int Spare = 3;          // between copies: an agent is looked at in all of them, and powers of two apart they displace each other from the nearest cache

    private readonly TeamNavigationOptions options;
    private readonly int agents;
    private readonly int side;
    private readonly int width;           // floats an agent sees
    private readonly int stride;          // from one copy's first agent, or cell, to the next one's
    private readonly Standing[] standing; // [copies, agents and spare]
    private readonly Cell[] field;        // [copies, cells and spare]
    private readonly LocalView view;
    private readonly LocalViews views;

    public TeamNavigation(TeamNavigationOptions options, int copies)
    {
        this.options = options;
        (agents, side, Copies) = (options.Agents, options.Side, copies);
        stride = agents + Spare;
        (standing, field) = (new Standing[copies * stride], new Cell[copies * stride]);
        view = new(side, options.Sight);
        views = new(view, agents, copies);
        width = Width + (options.View == NavigationView.Joint ? StateWidth : 0);
        Spec = new(
            Enumerable.Range(0, agents).Select(i => new AgentSpec($"agent-{i}", new Box(width, -1, 1), new Discrete(Actions))).ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth,
            HasSuccess: true);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public double Extent => (side / 2.0) + 0.2;

    private int StateWidth => 5 * agents;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        var (middleX, middleY) = (0.0, 0.0);
        for (var agent = 0; agent < agents; agent++)
        {
            if (agent % options.Group == 0)
            {
                (middleX, middleY) = (random.Uniform(0, side), random.Uniform(0, side));
            }

            Put(ref standing[At(copy, agent)], middleX + random.Uniform(-Cluster, Cluster), middleY + random.Uniform(-Cluster, Cluster));
        }

        for (var cell = 0; cell < agents; cell++)
        {
            ref var landmark = ref field[At(copy, cell)];
            (landmark.X, landmark.Y) = ((cell % side) + random.Uniform(Margin, 1 - Margin), (cell / side) + random.Uniform(Margin, 1 - Margin));
        }

        Cover(copy);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var agent = 0; agent < agents; agent++)
        {
            var chosen = actions[agent];
            for (var copy = 0; copy < Copies; copy++)
            {
                Move(ref standing[At(copy, agent)], chosen[copy], agent);
            }
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            Cover(copy);
            foreach (ref var cell in Field(copy))
            {
                if (cell.Owner >= 0)
                {
                    rewards[(cell.Owner * Copies) + copy] = 1;
                }
            }
        }
    }

    /// <summary>What is near (see <see cref="LocalView"/>), and in the joint view the state.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        var seen = views.Of(agent, this);
        if (options.View == NavigationView.Local)
        {
            seen.CopyTo(observations);
            return;
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            var row = observations.Slice(copy * width, width);
            seen.Slice(copy * Width, Width).CopyTo(row);
            WriteState(copy, row[Width..]);
        }
    }

    /// <summary>Where all agents are, where all landmarks are, −1 to 1 over the field, and which are covered.</summary>
    public void State(Span<float> state)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            WriteState(copy, state.Slice(copy * StateWidth, StateWidth));
        }
    }

    /// <summary>All landmarks are covered.</summary>
    public void Succeeded(Span<float> succeeded)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            succeeded[copy] = 1;
            foreach (ref var cell in Field(copy))
            {
                succeeded[copy] = cell.Owner == Nobody ? 0 : succeeded[copy];
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("navigation.x", OfAll(at => standing[at].X));
        snapshot.Put<double>("navigation.y", OfAll(at => standing[at].Y));
        snapshot.Put<double>("navigation.landmark-x", OfAll(at => field[at].X));
        snapshot.Put<double>("navigation.landmark-y", OfAll(at => field[at].Y));
        snapshot.Put<int>("navigation.covered", OfAll(at => field[at].Owner));
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        ToAll(snapshot.Get<double>("navigation.x"), (at, x) => standing[at].X = x);
        ToAll(snapshot.Get<double>("navigation.y"), (at, y) => standing[at].Y = y);
        ToAll(snapshot.Get<double>("navigation.landmark-x"), (at, x) => field[at].X = x);
        ToAll(snapshot.Get<double>("navigation.landmark-y"), (at, y) => field[at].Y = y);
        ToAll(snapshot.Get<int>("navigation.covered"), (at, owner) => field[at].Owner = owner);
        for (var copy = 0; copy < Copies; copy++)
        {
            Occupants.Gather(Standing(copy), Field(copy), side);
            views.Changed(copy);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DrawnCircle> Draw(int copy) =>
    [
        .. Enumerable.Range(0, agents).Select(i => new DrawnCircle(
            $"landmark-{i}", field[At(copy, i)].X - (side / 2.0), field[At(copy, i)].Y - (side / 2.0), Reach, field[At(copy, i)].Owner == Nobody ? "#d0d0d0" : "#a6d9a6", "")),
        .. Enumerable.Range(0, agents).Select(i => new DrawnCircle(
            $"agent-{i}", standing[At(copy, i)].X - (side / 2.0), standing[At(copy, i)].Y - (side / 2.0), 0.1, "#4040bf", $"{i}")),
    ];

    /// <summary>The agents of a copy.</summary>
    internal Span<Standing> Standing(int copy) => standing.AsSpan(copy * stride, agents);

    /// <summary>The cells of a copy.</summary>
    internal Span<Cell> Field(int copy) => field.AsSpan(copy * stride, agents);

    /// <summary>Puts an agent and a landmark somewhere, for tests.</summary>
    internal void Place(int copy, int which, (double X, double Y)? agent, (double X, double Y)? landmark)
    {
        ref var placed = ref standing[At(copy, which)];
        ref var cell = ref field[At(copy, which)];
        (placed.X, placed.Y) = agent ?? (placed.X, placed.Y);
        (cell.X, cell.Y) = landmark ?? (cell.X, cell.Y);
        Cover(copy);
    }

    private int At(int copy, int which) => (copy * stride) + which;

    private T[] OfAll<T>(Func<int, T> value) => [.. Enumerable.Range(0, Copies * agents).Select(i => value(At(i / agents, i % agents)))];

    private void ToAll<T>(ReadOnlySpan<T> values, Action<int, T> set)
    {
        for (var i = 0; i < Copies * agents; i++)
        {
            set(At(i / agents, i % agents), values[i]);
        }
    }

    private void Put(ref Standing agent, double x, double y) => (agent.X, agent.Y) = (Math.Clamp(x, 0, side), Math.Clamp(y, 0, side));

    private void Move(ref Standing moved, float action, int agent)
    {
        if (action is not (0 or 1 or 2 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(action), $"'{Spec.Agents[agent].Name}' has no action {action}.");
        }

        Put(ref moved, moved.X + (action == 1 ? Pace : action == 2 ? -Pace : 0), moved.Y + (action == 3 ? Pace : action == 4 ? -Pace : 0));
    }

    // Each agent is within reach of one landmark at most, that of its own cell or of the next.
    private void Cover(int copy)
    {
        var all = Standing(copy);
        var cells = Field(copy);
        Occupants.Gather(all, cells, side);
        views.Changed(copy);
        foreach (ref var cell in cells)
        {
            cell.Owner = Nobody;
        }

        for (var agent = 0; agent < agents; agent++)
        {
            ref var at = ref all[agent];
            for (var row = Math.Max(0, (int)(at.Y - Reach)); row <= Math.Min(side - 1, (int)(at.Y + Reach)); row++)
            {
                for (var column = Math.Max(0, (int)(at.X - Reach)); column <= Math.Min(side - 1, (int)(at.X + Reach)); column++)
                {
                    ref var cell = ref cells[(row * side) + column];
                    var distance = Distance(at, cell);
                    if (distance <= Reach && (cell.Owner == Nobody || distance < Distance(all[cell.Owner], cell)))
                    {
                        cell.Owner = agent;
                    }
                }
            }
        }
    }

    private static double Distance(in Standing agent, in Cell cell)
    {
        var (dx, dy) = (agent.X - cell.X, agent.Y - cell.Y);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private void WriteState(int copy, Span<float> row)
    {
        for (var i = 0; i < agents; i++)
        {
            ref readonly var agent = ref standing[At(copy, i)];
            ref readonly var cell = ref field[At(copy, i)];
            (row[2 * i], row[(2 * i) + 1]) = (view.Normal(agent.X), view.Normal(agent.Y));
            (row[(2 * agents) + (2 * i)], row[(2 * agents) + (2 * i) + 1]) = (view.Normal(cell.X), view.Normal(cell.Y));
            row[(4 * agents) + i] = cell.Owner == Nobody ? 0 : 1;
        }
    }
}
