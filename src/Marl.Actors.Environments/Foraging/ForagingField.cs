using Marl.Actors.Core.Stages;

namespace Marl.Actors.Environments.Foraging;

/// <summary>What a player of level-based foraging may do; the numbers are those of the reference.</summary>
internal enum ForagingAction
{
    None,
    North,
    South,
    West,
    East,
    Load,
}

/// <summary>A player or a food: where it is, counted from the north west, and its level.</summary>
internal readonly record struct Standing(int Row, int Column, int Level)
{
    /// <summary>Whether it is one cell away, not across.</summary>
    public bool IsBeside(Standing other) => Math.Abs(Row - other.Row) + Math.Abs(Column - other.Column) == 1;
}

/// <summary>
/// Fields, foods and players of all copies. A copy's foods keep their slots, row by row from the north; an eaten one leaves
/// level 0 behind.
/// </summary>
internal sealed class ForagingField
{
    private readonly LevelBasedForagingOptions options;
    private readonly int cells;
    private readonly int[] levels;          // [copies, rows, columns]: of food, 0 where there is none
    private readonly (int Row, int Column)[] foods; // [copies, foods]: (0, 0) where none was placed, there is never one
    private readonly Standing[] players;    // [copies, players]
    private readonly int[] remaining;       // [copies]: foods not yet eaten
    private readonly int[] spawned;         // [copies]: sum of the levels of all foods at the beginning

    public ForagingField(LevelBasedForagingOptions options, int copies)
    {
        this.options = options;
        (Copies, cells) = (copies, options.Rows * options.Columns);
        levels = new int[copies * cells];
        foods = new (int, int)[copies * options.Foods];
        players = new Standing[copies * options.Players];
        (remaining, spawned) = (new int[copies], new int[copies]);
    }

    public int Copies { get; }

    /// <summary>Everything is eaten.</summary>
    public bool IsEmpty(int copy) => remaining[copy] == 0;

    /// <summary>Sum of the levels of all foods at the beginning of the episode.</summary>
    public int Spawned(int copy) => spawned[copy];

    /// <summary>A food; its level is 0 when it is eaten, or was never placed.</summary>
    public Standing Food(int copy, int slot)
    {
        var (row, column) = foods[(copy * options.Foods) + slot];
        return new(row, column, Level(copy, row, column));
    }

    /// <summary>A player; to be moved by whoever knows the rules.</summary>
    public ref Standing Player(int copy, int player) => ref players[(copy * options.Players) + player];

    /// <summary>All players of a copy.</summary>
    public ReadOnlySpan<Standing> Players(int copy) => players.AsSpan(copy * options.Players, options.Players);

    /// <summary>The level of the food in a cell, or 0.</summary>
    public int Level(int copy, int row, int column) => levels[(copy * cells) + (row * options.Columns) + column];

    /// <summary>Whether a player may do something now.</summary>
    public bool IsValid(int copy, Standing player, ForagingAction action)
    {
        var (row, column) = (player.Row, player.Column);
        return action switch
        {
            ForagingAction.None => true,
            ForagingAction.North => row > 0 && Level(copy, row - 1, column) == 0,
            ForagingAction.South => row < options.Rows - 1 && Level(copy, row + 1, column) == 0,
            ForagingAction.West => column > 0 && Level(copy, row, column - 1) == 0,
            ForagingAction.East => column < options.Columns - 1 && Level(copy, row, column + 1) == 0,
            _ => FoodBeside(copy, player).Level > 0,
        };
    }

    /// <summary>The food to the north, south, west or east; of level 0 without one.</summary>
    public Standing FoodBeside(int copy, Standing player)
    {
        var (row, column) = (player.Row, player.Column);
        return row > 0 && Level(copy, row - 1, column) > 0 ? new(row - 1, column, Level(copy, row - 1, column))
            : row < options.Rows - 1 && Level(copy, row + 1, column) > 0 ? new(row + 1, column, Level(copy, row + 1, column))
            : column > 0 && Level(copy, row, column - 1) > 0 ? new(row, column - 1, Level(copy, row, column - 1))
            : column < options.Columns - 1 && Level(copy, row, column + 1) > 0 ? new(row, column + 1, Level(copy, row, column + 1))
            : default;
    }

    /// <summary>Removes a food.</summary>
    public void Eat(int copy, Standing food)
    {
        levels[(copy * cells) + (food.Row * options.Columns) + food.Column] = 0;
        remaining[copy]--;
    }

    /// <summary>Puts other food into a copy, as the beginning of an episode.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="field">[rows · columns]: levels of food, none in the first cell and no more than the world has.</param>
    public void Lay(int copy, ReadOnlySpan<int> field)
    {
        field.CopyTo(levels.AsSpan(copy * cells, cells));
        var slots = foods.AsSpan(copy * options.Foods, options.Foods);
        slots.Clear();
        (remaining[copy], spawned[copy]) = (0, 0);
        for (var cell = 0; cell < cells; cell++)
        {
            if (field[cell] > 0)
            {
                slots[remaining[copy]++] = (cell / options.Columns, cell % options.Columns);
                spawned[copy] += field[cell];
            }
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("foraging.levels", levels);
        snapshot.Put<(int, int)>("foraging.foods", foods);
        snapshot.Put<Standing>("foraging.players", players);
        snapshot.Put<int>("foraging.remaining", remaining);
        snapshot.Put<int>("foraging.spawned", spawned);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("foraging.levels", levels);
        snapshot.GetInto<(int, int)>("foraging.foods", foods);
        snapshot.GetInto<Standing>("foraging.players", players);
        snapshot.GetInto<int>("foraging.remaining", remaining);
        snapshot.GetInto<int>("foraging.spawned", spawned);
    }
}
