using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Foraging;

namespace Marl.Actors.Environments.Verification;

/// <summary>What one player saw, and the actions it had.</summary>
internal sealed record ForagingSight(double[] Observation, double[] Valid);

/// <summary>One recorded step of level-based foraging: what was done, and everything after it.</summary>
internal sealed record ForagingStep(float[] Actions, double[] Rewards, bool IsDone, int[] Field, Standing[] Positions, IReadOnlyList<ForagingSight> Seen);

/// <summary>One recorded episode of level-based foraging. What is wrong with it becomes a finding, harmless numbers stand in.</summary>
internal sealed class ForagingRecording
{
    private const int ActionCount = 6;
    private const int MostLevel = 10_000;

    private readonly LevelBasedForagingOptions options;
    private readonly JsonFindings findings;

    public ForagingRecording(JsonCursor episode, LevelBasedForagingOptions options, JsonFindings findings)
    {
        (this.options, this.findings) = (options, findings);
        Path = episode.Path;
        var initial = episode["initial"];
        Field = FieldOf(initial["field"]);
        Players = [.. initial["players"].Items(options.Players).Select(p => PositionOf(p["position"], WholeOf(p["level"], 1, MostLevel)))];
        FirstSeen = SeenOf(episode["obs0"], episode["valid0"]);
        Steps = [.. episode["steps"].Items().Select(StepOf)];
    }

    /// <summary>Its place in the file.</summary>
    public string Path { get; }

    /// <summary>[rows · columns]: levels of food at the beginning.</summary>
    public int[] Field { get; }

    /// <summary>The players at the beginning.</summary>
    public Standing[] Players { get; }

    /// <summary>What they see at the beginning.</summary>
    public IReadOnlyList<ForagingSight> FirstSeen { get; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<ForagingStep> Steps { get; }

    private ForagingStep StepOf(JsonCursor step) => new(
        [.. step["actions"].Items(options.Players).Select(ActionOf)],
        step["rewards"].Numbers(options.Players),
        step["done"].Flag(),
        FieldOf(step["field"]),
        [.. step["positions"].Items(options.Players).Select(p => PositionOf(p, 1))],
        SeenOf(step["obs"], step["valid"]));

    private float ActionOf(JsonCursor cursor)
    {
        var action = cursor.Number();
        if (cursor.Exists && (action < 0 || action >= ActionCount || action != Math.Floor(action)))
        {
            Wrong("MARL3110", $"At '{cursor.Path}' stands no action: there are 0 to {ActionCount - 1}.", "Record the actions as numbers.");
            return 0;
        }

        return (float)action;
    }

    private int[] FieldOf(JsonCursor cursor)
    {
        int[] field =
        [
            .. cursor.Items(options.Rows).SelectMany(row => row.Items(options.Columns)).Select(cell => WholeOf(cell, 0, MostLevel)),
        ];
        var foods = field.Count(level => level > 0);
        if (foods > options.Foods || field[0] > 0)
        {
            Wrong("MARL3113", $"The field '{cursor.Path}' has {foods} foods, this world at most {options.Foods}, and none in a corner.", "Check 'max_num_food' under 'kwargs'.");
            return new int[field.Length];
        }

        return field;
    }

    private Standing PositionOf(JsonCursor cursor, int level)
    {
        var at = cursor.Items(2);
        return new(WholeOf(at[0], 0, options.Rows - 1), WholeOf(at[1], 0, options.Columns - 1), level);
    }

    private int WholeOf(JsonCursor cursor, int least, int greatest)
    {
        var number = cursor.Number();
        if (cursor.Exists && (number < least || number > greatest || number != Math.Floor(number)))
        {
            Wrong("MARL3113", FormattableString.Invariant($"'{cursor.Path}' is {number}, not a whole number in {least}..{greatest}."), "Check 'field_size' under 'kwargs'.");
        }

        return number >= least && number <= greatest ? (int)number : least;
    }

    private ForagingSight[] SeenOf(JsonCursor observations, JsonCursor valid)
    {
        var width = 3 * (options.Foods + options.Players);
        return [.. observations.Items(options.Players).Zip(valid.Items(options.Players), (seen, may) => new ForagingSight(ObservationOf(seen, width), may.Numbers()))];
    }

    private double[] ObservationOf(JsonCursor cursor, int width)
    {
        var numbers = cursor.Numbers();
        if (cursor.Exists && numbers.Length != width)
        {
            Wrong("MARL3109", $"'{cursor.Path}' has {numbers.Length} numbers, this world {width}.", "Check 'players' and 'max_num_food' under 'kwargs'.");
            return new double[width];
        }

        return numbers;
    }

    private void Wrong(string code, string sentence, string remedy) => findings.Add(new(code, SourceSpan.Whole(findings.File), sentence, remedy));
}
