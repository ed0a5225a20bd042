using System.Numerics;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Lifecycles;

/// <summary>
/// Tic-tac-toe, the small world for turns: cross begins, and in every step one of the two is active. Three in a row win 1, the
/// other loses 1; a full board is a draw, and so is perfect play. Who takes a taken cell, which its mask forbids, loses at
/// once. Cells are counted row by row. A player's transition spans its move and the answer to it: see <see cref="IWorld"/>.
/// </summary>
internal sealed class TicTacToe : IWorld, IDrawableWorld
{
    private const int Cells = 9;
    private const int Cross = 0;
    private const int Nought = 1;
    private const int Full = (1 << Cells) - 1;

    private static readonly int[] Rows = [0b000_000_111, 0b000_111_000, 0b111_000_000, 0b001_001_001, 0b010_010_010, 0b100_100_100, 0b100_010_001, 0b001_010_100];

    private readonly int[] crosses; // [copies]: one bit a cell
    private readonly int[] noughts; // likewise

    public TicTacToe(NoOptions options, int copies)
    {
        _ = options;
        Copies = copies;
        (crosses, noughts) = (new int[copies], new int[copies]);
        var player = new AgentSpec("cross", new Box(2 * Cells, 0, 1), new Discrete(Cells), HasMask: true, Team: "crosses");
        Spec = new([player, player with { Name = "nought", Team = "noughts" }], RewardConvention.PerAgent, MaxSteps: 0, StateWidth: 2 * Cells, FixedRoster: false);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public double Extent => 1.5;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random) => Place(copy, 0, 0);

    /// <summary>Puts a copy into a position, one bit a cell.</summary>
    public void Place(int copy, int crosses, int noughts) => (this.crosses[copy], this.noughts[copy]) = (crosses, noughts);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            if (!IsOver(copy))
            {
                Move(copy, Turn(copy), actions, rewards, terminated);
            }
            else
            {
                terminated[copy] = 1;
            }
        }
    }

    /// <summary>Own marks, then the other's.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var (own, other) = agent == Cross ? (crosses[copy], noughts[copy]) : (noughts[copy], crosses[copy]);
            for (var cell = 0; cell < Cells; cell++)
            {
                observations[(copy * 2 * Cells) + cell] = (own >> cell) & 1;
                observations[(copy * 2 * Cells) + Cells + cell] = (other >> cell) & 1;
            }
        }
    }

    /// <summary>Crosses, then noughts.</summary>
    public void State(Span<float> state) => Observe(Cross, state);

    /// <inheritdoc/>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var allowed = Turn(copy) == agent && !IsOver(copy) ? Full & ~(crosses[copy] | noughts[copy]) : 1;
            for (var cell = 0; cell < Cells; cell++)
            {
                mask[(copy * Cells) + cell] = (allowed >> cell) & 1;
            }
        }
    }

    /// <inheritdoc/>
    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            active[copy] = Turn(copy) == agent && !IsOver(copy) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("tic-tac-toe.crosses", crosses);
        snapshot.Put<int>("tic-tac-toe.noughts", noughts);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("tic-tac-toe.crosses", crosses);
        snapshot.GetInto<int>("tic-tac-toe.noughts", noughts);
    }

    /// <summary>All cells; what is marked is larger.</summary>
    public IReadOnlyList<DrawnCircle> Draw(int copy)
    {
        var drawn = new List<DrawnCircle>(Cells);
        for (var cell = 0; cell < Cells; cell++)
        {
            var (x, y) = ((cell % 3) - 1, 1 - (cell / 3));
            drawn.Add(Has(crosses, copy, cell) ? new($"cell-{cell}", x, y, 0.4, "#d95959", "X")
                : Has(noughts, copy, cell) ? new($"cell-{cell}", x, y, 0.4, "#5959d9", "O")
                : new($"cell-{cell}", x, y, 0.1, "#c0c0c0", ""));
        }

        return drawn;
    }

    private static bool Has(int[] marks, int copy, int cell) => ((marks[copy] >> cell) & 1) == 1;

    private static bool HasWon(int marks)
    {
        foreach (var row in Rows)
        {
            if ((marks & row) == row)
            {
                return true;
            }
        }

        return false;
    }

    private void Move(int copy, int player, JointActions actions, Span<float> rewards, Span<float> terminated)
    {
        var cell = (int)actions[player][copy];
        if ((uint)cell >= Cells)
        {
            throw new ArgumentOutOfRangeException(nameof(actions), $"'{Spec.Agents[player].Name}' has no action {cell}.");
        }

        var marks = player == Cross ? crosses : noughts;
        var isTaken = (((crosses[copy] | noughts[copy]) >> cell) & 1) == 1;
        marks[copy] |= isTaken ? 0 : 1 << cell;
        var gain = isTaken ? -1 : HasWon(marks[copy]) ? 1 : 0;
        rewards[(player * Copies) + copy] = gain;
        rewards[((1 - player) * Copies) + copy] = -gain;
        terminated[copy] = isTaken || IsOver(copy) ? 1 : 0;
    }

    private int Turn(int copy) => BitOperations.PopCount((uint)(crosses[copy] | noughts[copy])) % 2 == 0 ? Cross : Nought;

    private bool IsOver(int copy) => (crosses[copy] | noughts[copy]) == Full || HasWon(crosses[copy]) || HasWon(noughts[copy]);
}
