using System.Globalization;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Foraging;

/// <summary>The options of <c>environment/level-based-foraging</c>; the defaults are <c>Foraging-8x8-2p-3f-v3</c>.</summary>
public sealed record LevelBasedForagingOptions(
    [Option("Number of players.", Minimum = 1, Maximum = 20)] int Players = 2,
    [Option("Rows of the field.", Minimum = 3, Maximum = 100)] int Rows = 8,
    [Option("Columns of the field.", Minimum = 3, Maximum = 100)] int Columns = 8,
    [Option("Number of foods (max_num_food); fewer where no more can be placed.", Minimum = 1, Maximum = 100)] int Foods = 3,
    [Option("How many cells a player sees in each direction; 0 for the whole field.", Minimum = 0, Maximum = 100)] int Sight = 0,
    [Option("Every food has the greatest level, so that the three weakest players must load together.")] bool ForceCoop = false,
    [Option("Least level of a player.", Minimum = 1, Maximum = 100)] int MinPlayerLevel = 1,
    [Option("Greatest level of a player.", Minimum = 1, Maximum = 100)] int MaxPlayerLevel = 2,
    [Option("Least level of a food.", Minimum = 1, Maximum = 300)] int MinFoodLevel = 1,
    [Option("Greatest level of a food; 0 for the sum of the levels of the three weakest players.", Minimum = 0, Maximum = 300)] int MaxFoodLevel = 0,
    [Option("Share of all food, so that the players' best returns sum to 1; otherwise level of the player times level of the food.")] bool NormaliseReward = true,
    [Option("What a player that loads in vain loses.", Minimum = 0)] double Penalty = 0,
    [Option("Steps after which an episode is cut (max_episode_steps).", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 50)
{
    /// <summary>What doesn't go together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (MinPlayerLevel > MaxPlayerLevel)
        {
            yield return ("minPlayerLevel", $"The least level of a player is {MinPlayerLevel}, the greatest {MaxPlayerLevel}: exchange them.");
        }

        if (MaxFoodLevel > 0 && MinFoodLevel > MaxFoodLevel)
        {
            yield return ("minFoodLevel", $"The least level of a food is {MinFoodLevel}, the greatest {MaxFoodLevel}: exchange them, or write 'maxFoodLevel: 0'.");
        }

        if (Players >= Rows * Columns)
        {
            yield return ("players", $"{Players} players do not fit into {Rows * Columns} cells beside food: enlarge the field.");
        }
    }
}

/// <summary>
/// Level-based foraging: players of different levels walk a field and load food together whose level none of them reaches
/// alone. Christianos, Schäfer, Albrecht, NeurIPS 2020; <c>lb-foraging</c> v3 (git 79f383b). A player that helps to load a
/// food is paid its share: own level / levels of all that load × level of the food / levels of all foods of the episode. The
/// mask holds the reference's valid actions; what is not valid does nothing. Terminal when all is eaten (the reference says
/// the same of its time limit, here that truncates).
/// </summary>
internal sealed class LevelBasedForaging : IWorld, IDrawableWorld
{
    private const int Actions = 6;
    private const int Triple = 3; // row, column, level

    private readonly LevelBasedForagingOptions options;
    private readonly int sight;
    private readonly ForagingRules rules;
    private readonly ForagingAction[] chosen; // [players], while a copy steps

    public LevelBasedForaging(LevelBasedForagingOptions options, int copies)
    {
        this.options = options;
        sight = options.Sight == 0 ? Math.Max(options.Rows, options.Columns) : options.Sight;
        chosen = new ForagingAction[options.Players];
        Field = new(options, copies);
        rules = new(options, Field);
        var width = Triple * (options.Foods + options.Players);
        var foodLevel = options.MaxFoodLevel > 0 ? options.MaxFoodLevel : options.MaxPlayerLevel * Math.Min(options.Players, 3);
        var greatest = Math.Max(Math.Max(options.Rows, options.Columns) - 1, Math.Max(options.MaxPlayerLevel, foodLevel));
        Spec = new(
            Enumerable.Range(0, options.Players)
                .Select(i => new AgentSpec($"player-{i}", new Box(width, -1, greatest), new Discrete(Actions), HasMask: true, NoOp: (int)ForagingAction.None))
                .ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: width);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies => Field.Copies;

    /// <inheritdoc/>
    public double Extent => Math.Max(options.Rows, options.Columns) / 2.0;

    /// <summary>Where everything is.</summary>
    public ForagingField Field { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random) => rules.Scatter(copy, ref random);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var player = 0; player < chosen.Length; player++)
            {
                var action = (int)actions[player][copy];
                if ((uint)action >= Actions)
                {
                    throw new ArgumentOutOfRangeException(nameof(actions), $"'{Spec.Agents[player].Name}' has no action {action}.");
                }

                chosen[player] = (ForagingAction)action;
            }

            rules.Step(copy, chosen, rewards);
            terminated[copy] = Field.IsEmpty(copy) ? 1 : 0;
        }
    }

    /// <summary>
    /// Row, column and level of each food within sight, then of the player itself and of the others within sight; −1, −1, 0
    /// for what is missing. Rows and columns count from the corner of what is in sight.
    /// </summary>
    public void Observe(int agent, Span<float> observations)
    {
        var width = Spec.StateWidth;
        for (var copy = 0; copy < Copies; copy++)
        {
            var own = Field.Player(copy, agent);
            var (top, left) = (Math.Max(own.Row - sight, 0), Math.Max(own.Column - sight, 0)); // the corner of what is in sight
            var seen = new ForagingRow(observations.Slice(copy * width, width), top, left);
            for (var slot = 0; slot < options.Foods; slot++)
            {
                var food = Field.Food(copy, slot);
                if (food.Level > 0 && Math.Abs(food.Row - own.Row) <= sight && Math.Abs(food.Column - own.Column) <= sight)
                {
                    seen.Add(food);
                }
            }

            seen.Pad(options.Foods);
            seen.Add(own);
            for (var other = 0; other < options.Players; other++)
            {
                // As in the reference: near the north and west edges players are seen farther than food.
                var player = Field.Player(copy, other);
                var (down, right) = (player.Row - top, player.Column - left);
                if (other != agent && Math.Min(down, right) >= 0 && Math.Max(down, right) <= 2 * sight)
                {
                    seen.Add(player);
                }
            }

            seen.Pad(options.Foods + options.Players);
        }
    }

    /// <summary>Foods that are left and players, at their places in the field.</summary>
    public void State(Span<float> state)
    {
        var width = Spec.StateWidth;
        for (var copy = 0; copy < Copies; copy++)
        {
            var seen = new ForagingRow(state.Slice(copy * width, width), top: 0, left: 0);
            for (var slot = 0; slot < options.Foods; slot++)
            {
                var food = Field.Food(copy, slot);
                if (food.Level > 0)
                {
                    seen.Add(food);
                }
            }

            seen.Pad(options.Foods);
            foreach (var player in Field.Players(copy))
            {
                seen.Add(player);
            }
        }
    }

    /// <inheritdoc/>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var player = Field.Player(copy, agent);
            for (var action = 0; action < Actions; action++)
            {
                mask[(copy * Actions) + action] = Field.IsValid(copy, player, (ForagingAction)action) ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot) => Field.Save(snapshot);

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot) => Field.Load(snapshot);

    /// <summary>Foods with their levels, an eaten one as a circle without radius; players with theirs.</summary>
    public IReadOnlyList<DrawnCircle> Draw(int copy)
    {
        var drawn = new List<DrawnCircle>(options.Foods + options.Players);
        for (var slot = 0; slot < options.Foods; slot++)
        {
            var food = Field.Food(copy, slot);
            drawn.Add(Circle($"food-{slot}", food, food.Level == 0 ? 0 : 0.3, "#d64545"));
        }

        for (var player = 0; player < options.Players; player++)
        {
            drawn.Add(Circle(Spec.Agents[player].Name, Field.Player(copy, player), 0.4, "#5959d9"));
        }

        return drawn;
    }

    private DrawnCircle Circle(string id, Standing at, double radius, string colour) => new(
        id,
        at.Column - ((options.Columns - 1) / 2.0),
        ((options.Rows - 1) / 2.0) - at.Row,
        radius,
        colour,
        at.Level == 0 ? "" : at.Level.ToString(CultureInfo.InvariantCulture));

    // Writes rows, columns and levels, one after the other.
    private ref struct ForagingRow(Span<float> row, int top, int left)
    {
        private readonly Span<float> row = row;
        private int next;

        public void Add(Standing standing)
        {
            var at = Triple * next++;
            row[at] = standing.Row - top;
            row[at + 1] = standing.Column - left;
            row[at + 2] = standing.Level;
        }

        /// <summary>Marks what is missing up to that many.</summary>
        public void Pad(int count)
        {
            for (; next < count; next++)
            {
                (row[Triple * next], row[(Triple * next) + 1], row[(Triple * next) + 2]) = (-1, -1, 0);
            }
        }
    }
}
