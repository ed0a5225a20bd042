using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Environments.Foraging;

/// <summary>How an episode of level-based foraging begins and goes on, as in <c>lb-foraging</c> v3 (<c>environment.py</c>).</summary>
internal sealed class ForagingRules(LevelBasedForagingOptions options, ForagingField field)
{
    private const int Attempts = 1000; // at a place to put something

    private readonly int[] scattered = new int[options.Rows * options.Columns]; // a field while it is made
    private readonly Standing[] targets = new Standing[options.Players];        // while a copy steps
    private readonly bool[] isLoading = new bool[options.Players];              // likewise

    /// <summary>Places players and foods at random. Food lies neither at the edge nor near other food.</summary>
    public void Scatter(int copy, ref RandomStream random)
    {
        for (var player = 0; player < options.Players; player++)
        {
            var (row, column) = (random.NextInt(options.Rows), random.NextInt(options.Columns));
            for (var attempt = 0; attempt < Attempts && IsTaken(copy, player, row, column); attempt++)
            {
                (row, column) = (random.NextInt(options.Rows), random.NextInt(options.Columns));
            }

            field.Player(copy, player) = new(row, column, options.MinPlayerLevel + random.NextInt(options.MaxPlayerLevel - options.MinPlayerLevel + 1));
        }

        var most = options.MaxFoodLevel > 0 ? options.MaxFoodLevel : WeakestThree(copy);
        var least = options.ForceCoop ? most : Math.Min(options.MinFoodLevel, most);
        Array.Clear(scattered);
        var placed = 0;
        for (var attempt = 0; attempt < Attempts && placed < options.Foods; attempt++)
        {
            var (row, column) = (1 + random.NextInt(options.Rows - 2), 1 + random.NextInt(options.Columns - 2));
            if (!IsNearFood(row, column) && !IsTaken(copy, options.Players, row, column))
            {
                scattered[(row * options.Columns) + column] = least + random.NextInt(most - least + 1);
                placed++;
            }
        }

        field.Lay(copy, scattered);
    }

    /// <summary>
    /// One joint step of a copy: who wants to a cell that nobody else wants goes there, then players that load take the food
    /// beside them if their levels together reach its level. An action that is not valid does nothing. Fills the rewards,
    /// [players, copies].
    /// </summary>
    public void Step(int copy, ReadOnlySpan<ForagingAction> actions, Span<float> rewards)
    {
        for (var player = 0; player < options.Players; player++)
        {
            var now = field.Player(copy, player);
            var action = field.IsValid(copy, now, actions[player]) ? actions[player] : ForagingAction.None;
            isLoading[player] = action == ForagingAction.Load;
            targets[player] = action switch
            {
                ForagingAction.North => now with { Row = now.Row - 1 },
                ForagingAction.South => now with { Row = now.Row + 1 },
                ForagingAction.West => now with { Column = now.Column - 1 },
                ForagingAction.East => now with { Column = now.Column + 1 },
                _ => now,
            };
        }

        for (var player = 0; player < options.Players; player++)
        {
            if (!IsWantedByOthers(player))
            {
                field.Player(copy, player) = targets[player];
            }
        }

        for (var player = 0; player < options.Players; player++)
        {
            if (isLoading[player])
            {
                Load(copy, player, rewards);
            }
        }
    }

    // All that load beside one food do it together: reward of i = level_i · food / (Σ levels of them · Σ all foods).
    private void Load(int copy, int first, Span<float> rewards)
    {
        var players = field.Players(copy);
        var food = field.FoodBeside(copy, players[first]);
        var together = 0;
        for (var player = first; player < players.Length; player++)
        {
            together += isLoading[player] && players[player].IsBeside(food) ? players[player].Level : 0;
        }

        for (var player = first; player < players.Length; player++)
        {
            if (isLoading[player] && players[player].IsBeside(food))
            {
                isLoading[player] = false;
                rewards[(player * field.Copies) + copy] = (float)(together < food.Level ? -options.Penalty : Share(copy, players[player], food, together));
            }
        }

        if (together >= food.Level)
        {
            field.Eat(copy, food);
        }
    }

    private double Share(int copy, Standing player, Standing food, int together)
    {
        var share = (double)(player.Level * food.Level);
        return options.NormaliseReward ? share / (together * field.Spawned(copy)) : share;
    }

    private bool IsWantedByOthers(int player)
    {
        for (var other = 0; other < targets.Length; other++)
        {
            if (other != player && targets[other].Row == targets[player].Row && targets[other].Column == targets[player].Column)
            {
                return true;
            }
        }

        return false;
    }

    // One of the first so many players stands there.
    private bool IsTaken(int copy, int count, int row, int column)
    {
        foreach (var player in field.Players(copy)[..count])
        {
            if (player.Row == row && player.Column == column)
            {
                return true;
            }
        }

        return false;
    }

    // Within one cell in any direction, or two cells straight.
    private bool IsNearFood(int row, int column)
    {
        for (var r = Math.Max(row - 2, 0); r <= Math.Min(row + 2, options.Rows - 1); r++)
        {
            for (var c = Math.Max(column - 2, 0); c <= Math.Min(column + 2, options.Columns - 1); c++)
            {
                var isNear = (Math.Abs(r - row) <= 1 && Math.Abs(c - column) <= 1) || r == row || c == column;
                if (isNear && scattered[(r * options.Columns) + c] > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int WeakestThree(int copy)
    {
        Span<int> sorted = stackalloc int[options.Players];
        for (var player = 0; player < sorted.Length; player++)
        {
            sorted[player] = field.Player(copy, player).Level;
        }

        sorted.Sort();
        var sum = 0;
        foreach (var level in sorted[..Math.Min(sorted.Length, 3)])
        {
            sum += level;
        }

        return sum;
    }
}
