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

    private readonly TeamNavigationOptions options;
    private readonly int agents;
    private readonly int side;
    private readonly int width;           // floats an agent sees
    private readonly double[] x;          // [copies, agents], in cells
    private readonly double[] y;
    private readonly double[] landmarkX;  // [copies, cells]
    private readonly double[] landmarkY;
    private readonly int[] covered;       // [copies, cells]: by whom; −1 by nobody
    private readonly int[] firstInCell;   // [copies, cells], and
    private readonly int[] nextInCell;    // [copies, agents]: see Occupants; follow from where the agents are
    private readonly LocalView view;

    public TeamNavigation(TeamNavigationOptions options, int copies)
    {
        this.options = options;
        (agents, side, Copies) = (options.Agents, options.Side, copies);
        (x, y, landmarkX, landmarkY) = (New(), New(), New(), New());
        (covered, firstInCell, nextInCell) = (new int[copies * agents], new int[copies * agents], new int[copies * agents]);
        view = new(side, options.Sight);
        width = Width + (options.View == NavigationView.Joint ? StateWidth : 0);
        Spec = new(
            Enumerable.Range(0, agents).Select(i => new AgentSpec($"agent-{i}", new Box(width, -1, 1), new Discrete(Actions))).ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth,
            HasSuccess: true);

        double[] New() => new double[copies * agents];
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

            Put(At(copy, agent), middleX + random.Uniform(-Cluster, Cluster), middleY + random.Uniform(-Cluster, Cluster));
        }

        for (var cell = 0; cell < agents; cell++)
        {
            landmarkX[At(copy, cell)] = (cell % side) + random.Uniform(Margin, 1 - Margin);
            landmarkY[At(copy, cell)] = (cell / side) + random.Uniform(Margin, 1 - Margin);
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
                Move(At(copy, agent), chosen[copy], agent);
            }
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            Cover(copy);
            for (var cell = 0; cell < agents; cell++)
            {
                if (covered[At(copy, cell)] is >= 0 and var agent)
                {
                    rewards[(agent * Copies) + copy] = 1;
                }
            }
        }
    }

    /// <summary>What is near (see <see cref="LocalView"/>), and in the joint view the state.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = observations.Slice(copy * width, width);
            var all = (copy * agents)..((copy + 1) * agents);
            view.Write(agent, x.AsSpan()[all], y.AsSpan()[all], landmarkX.AsSpan()[all], landmarkY.AsSpan()[all], covered.AsSpan()[all], OccupantsOf(copy), row);
            if (options.View == NavigationView.Joint)
            {
                WriteState(copy, row[Width..]);
            }
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
            succeeded[copy] = covered.AsSpan(At(copy, 0), agents).Contains(Nobody) ? 0 : 1;
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("navigation.x", x);
        snapshot.Put<double>("navigation.y", y);
        snapshot.Put<double>("navigation.landmark-x", landmarkX);
        snapshot.Put<double>("navigation.landmark-y", landmarkY);
        snapshot.Put<int>("navigation.covered", covered);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("navigation.x", x);
        snapshot.GetInto<double>("navigation.y", y);
        snapshot.GetInto<double>("navigation.landmark-x", landmarkX);
        snapshot.GetInto<double>("navigation.landmark-y", landmarkY);
        snapshot.GetInto<int>("navigation.covered", covered);
        for (var copy = 0; copy < Copies; copy++)
        {
            Gather(copy);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DrawnCircle> Draw(int copy) =>
    [
        .. Enumerable.Range(0, agents).Select(i => new DrawnCircle(
            $"landmark-{i}", landmarkX[At(copy, i)] - (side / 2.0), landmarkY[At(copy, i)] - (side / 2.0), Reach, covered[At(copy, i)] == Nobody ? "#d0d0d0" : "#a6d9a6", "")),
        .. Enumerable.Range(0, agents).Select(i => new DrawnCircle(
            $"agent-{i}", x[At(copy, i)] - (side / 2.0), y[At(copy, i)] - (side / 2.0), 0.1, "#4040bf", $"{i}")),
    ];

    /// <summary>Puts an agent and a landmark somewhere, for tests.</summary>
    internal void Place(int copy, int which, (double X, double Y)? agent, (double X, double Y)? landmark)
    {
        (x[At(copy, which)], y[At(copy, which)]) = agent ?? (x[At(copy, which)], y[At(copy, which)]);
        (landmarkX[At(copy, which)], landmarkY[At(copy, which)]) = landmark ?? (landmarkX[At(copy, which)], landmarkY[At(copy, which)]);
        Cover(copy);
    }

    private int At(int copy, int which) => (copy * agents) + which;

    private void Put(int at, double toX, double toY) => (x[at], y[at]) = (Math.Clamp(toX, 0, side), Math.Clamp(toY, 0, side));

    private void Move(int at, float action, int agent)
    {
        if (action is not (0 or 1 or 2 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(action), $"'{Spec.Agents[agent].Name}' has no action {action}.");
        }

        Put(at, x[at] + (action == 1 ? Pace : action == 2 ? -Pace : 0), y[at] + (action == 3 ? Pace : action == 4 ? -Pace : 0));
    }

    private Occupants OccupantsOf(int copy) => new(firstInCell.AsSpan(At(copy, 0), agents), nextInCell.AsSpan(At(copy, 0), agents));

    private void Gather(int copy) => OccupantsOf(copy).Gather(x.AsSpan(At(copy, 0), agents), y.AsSpan(At(copy, 0), agents), side);

    // Each agent is within reach of one landmark at most, that of its own cell or of the next.
    private void Cover(int copy)
    {
        Gather(copy);
        var owners = covered.AsSpan(At(copy, 0), agents);
        owners.Fill(Nobody);
        for (var agent = 0; agent < agents; agent++)
        {
            var at = At(copy, agent);
            for (var row = Math.Max(0, (int)(y[at] - Reach)); row <= Math.Min(side - 1, (int)(y[at] + Reach)); row++)
            {
                for (var column = Math.Max(0, (int)(x[at] - Reach)); column <= Math.Min(side - 1, (int)(x[at] + Reach)); column++)
                {
                    ref var owner = ref owners[(row * side) + column];
                    var distance = Distance(at, At(copy, (row * side) + column));
                    if (distance <= Reach && (owner == Nobody || distance < Distance(At(copy, owner), At(copy, (row * side) + column))))
                    {
                        owner = agent;
                    }
                }
            }
        }
    }

    private double Distance(int agent, int landmark)
    {
        var (dx, dy) = (x[agent] - landmarkX[landmark], y[agent] - landmarkY[landmark]);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private void WriteState(int copy, Span<float> row)
    {
        for (var i = 0; i < agents; i++)
        {
            var at = At(copy, i);
            (row[2 * i], row[(2 * i) + 1]) = (view.Normal(x[at]), view.Normal(y[at]));
            (row[(2 * agents) + (2 * i)], row[(2 * agents) + (2 * i) + 1]) = (view.Normal(landmarkX[at]), view.Normal(landmarkY[at]));
            row[(4 * agents) + i] = covered[at] == Nobody ? 0 : 1;
        }
    }
}
