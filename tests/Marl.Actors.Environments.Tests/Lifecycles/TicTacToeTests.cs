using System.Numerics;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Environments.Lifecycles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Lifecycles;

public sealed class TicTacToeTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    /// <summary>Every position that legal play reaches, with what the step that ended it paid cross; played in the world itself.</summary>
    private static readonly Dictionary<(int Crosses, int Noughts), float?> Positions = Explore();

    [Fact]
    public void Legal_play_reaches_the_known_number_of_positions()
    {
        Assert.Equal(5478, Positions.Count);
        var ends = Positions.Values.Where(gain => gain is not null).ToArray();
        Assert.Equal((626, 316, 16), (ends.Count(g => g == 1), ends.Count(g => g == -1), ends.Count(g => g == 0)));
    }

    [Fact]
    public void Perfect_play_is_a_draw() => Assert.Equal(0, Value((0, 0)));

    [Fact]
    public void Who_takes_a_taken_cell_loses_at_once()
    {
        var runner = Begun();
        Play(runner, 4);
        Assert.Equal([0, 0], runner.Rewards);
        Play(runner, 4);
        Assert.Equal([1, -1], runner.Rewards);
        Assert.Equal([1], runner.Terminated);
    }

    [Fact]
    public void Each_sees_its_own_marks_first_and_only_who_is_to_move_is_active()
    {
        var runner = Begun();
        Play(runner, 0);
        Play(runner, 8);
        Play(runner, 1);
        runner.See();
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], runner.Observations[0]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], runner.Observations[1]);
        runner.World.Active(0, runner.Active);
        Assert.Equal([0], runner.Active);
        runner.World.Active(1, runner.Active);
        Assert.Equal([1], runner.Active);
        runner.World.Mask(0, runner.Masks[0]);
        runner.World.Mask(1, runner.Masks[1]);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0], runner.Masks[0]);
        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 1, 0], runner.Masks[1]);
    }

    [Fact]
    public void The_loser_is_told_in_the_step_of_the_winning_move()
    {
        var runner = Begun();
        foreach (var cell in (int[])[0, 3, 1, 4, 8])
        {
            Play(runner, cell);
            Assert.Equal([0], runner.Terminated);
        }

        Play(runner, 5);
        Assert.Equal([-1, 1], runner.Rewards);
        Assert.Equal([1], runner.Terminated);
        Assert.Equal(["X", "X", "", "O", "O", "O", "", "", "X"], ((TicTacToe)runner.World).Draw(0).Select(c => c.Label));
    }

    private static WorldRunner Begun()
    {
        var runner = new WorldRunner(new TicTacToe(new NoOptions(), copies: 1));
        runner.Reset(Key);
        return runner;
    }

    // Both send the cell: who isn't to move is ignored.
    private static void Play(WorldRunner runner, int cell)
    {
        runner.Act(0, 0, cell);
        runner.Act(1, 0, cell);
        runner.Step(Key, 0);
    }

    private static Dictionary<(int, int), float?> Explore()
    {
        var runner = Begun();
        var world = (TicTacToe)runner.World;
        var positions = new Dictionary<(int, int), float?> { [(0, 0)] = null };
        var open = new Queue<(int, int)>([(0, 0)]);
        while (open.TryDequeue(out var position))
        {
            foreach (var next in Moves(position))
            {
                world.Place(0, position.Item1, position.Item2);
                Play(runner, BitOperations.Log2((uint)(next.Item1 ^ position.Item1 | next.Item2 ^ position.Item2)));
                if (positions.TryAdd(next, runner.Terminated[0] == 1 ? runner.Rewards[0] : null) && runner.Terminated[0] == 0)
                {
                    open.Enqueue(next);
                }
            }
        }

        return positions;
    }

    private static IEnumerable<(int, int)> Moves((int Crosses, int Noughts) position)
    {
        var isCross = BitOperations.PopCount((uint)(position.Crosses | position.Noughts)) % 2 == 0;
        return from cell in Enumerable.Range(0, 9)
               where (((position.Crosses | position.Noughts) >> cell) & 1) == 0
               select isCross ? (position.Crosses | (1 << cell), position.Noughts) : (position.Crosses, position.Noughts | (1 << cell));
    }

    private static float Value((int Crosses, int Noughts) position) => Positions[position]
        ?? (BitOperations.PopCount((uint)(position.Crosses | position.Noughts)) % 2 == 0 ? Moves(position).Max(Value) : Moves(position).Min(Value));
}
