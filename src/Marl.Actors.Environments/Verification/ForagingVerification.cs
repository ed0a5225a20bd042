using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Foraging;

namespace Marl.Actors.Environments.Verification;

/// <summary>
/// Steps recorded episodes of <c>lb-foraging</c> through ours: lays the recorded field and players, applies the recorded
/// actions, and compares everything after every step.
/// </summary>
internal static class ForagingVerification
{
    private const string World = "environment/level-based-foraging";

    /// <summary>
    /// The deviations; or why there is nothing to compare: MARL3102 (missing field), MARL3103 (wrong value), MARL3104 (unknown
    /// world), MARL3105 and MARL3106 (arguments), MARL3109 (widths), MARL3110 (actions), MARL3111 (no episode), MARL3113 (field).
    /// </summary>
    public static Result<VerificationReport> Verify(RecordingDocument document)
    {
        var findings = new JsonFindings(document.File);
        var root = new JsonCursor(document.Root, "", findings);
        var id = root["id"].Text();
        if (!id.StartsWith("Foraging", StringComparison.Ordinal))
        {
            findings.Add(new("MARL3104", SourceSpan.Whole(document.File), $"The world '{id}' is unknown.", "Recordings of level-based foraging begin with 'Foraging'."));
            return Result.Failure<VerificationReport>([.. findings.Diagnostics]);
        }

        var arguments = new ReferenceArguments(document.File, id, root["kwargs"].Named());
        var options = OptionsOf(arguments);
        arguments.Close();
        if (arguments.Diagnostics.Count > 0)
        {
            return Result.Failure<VerificationReport>([.. arguments.Diagnostics]);
        }

        var episodes = root["episodes"].Items().Select(episode => new ForagingRecording(episode, options, findings)).ToArray();
        if (episodes.Length == 0 || episodes.Any(e => e.Steps.Count == 0))
        {
            findings.Add(new("MARL3111", SourceSpan.Whole(document.File), "The recording has no episode, or one without steps.", "Record at least one step."));
        }

        if (findings.Diagnostics.Count > 0)
        {
            return Result.Failure<VerificationReport>([.. findings.Diagnostics]);
        }

        var gauge = new DeviationGauge("observations", "rewards", "positions", "field", "valid", "done");
        foreach (var episode in episodes)
        {
            Replay(episode, options, gauge);
        }

        var source = root.Find("source");
        return Result.Success(new VerificationReport(
            document.File, id, World, source.Exists ? source.Text() : "", "", episodes.Length, episodes.Sum(e => e.Steps.Count), gauge.Deviations));
    }

    private static LevelBasedForagingOptions OptionsOf(ReferenceArguments arguments)
    {
        var (rows, columns) = arguments.Integers("field_size", (8, 8), 3, 100);
        var options = new LevelBasedForagingOptions(
            arguments.Integer("players", 2, 1, 20),
            rows,
            columns,
            arguments.Integer("max_num_food", 3, 1, 100),
            arguments.Integer("sight", Math.Max(rows, columns), 1, 100),
            arguments.Flag("force_coop", false),
            arguments.Integer("min_player_level", 1, 1, 100),
            arguments.Integer("max_player_level", 2, 1, 100),
            arguments.Integer("min_food_level", 1, 1, 300),
            arguments.IntegerOrNull("max_food_level", 0, 1, 300),
            arguments.Flag("normalize_reward", true),
            arguments.Amount("penalty", 0),
            arguments.Integer("max_episode_steps", 50, 1, 1_000_000));
        arguments.Refuse("grid_observation");
        arguments.Demand("observe_agent_levels");
        arguments.Ignore("render_mode");
        return options;
    }

    private static void Replay(ForagingRecording episode, LevelBasedForagingOptions options, DeviationGauge gauge)
    {
        var world = new LevelBasedForaging(options, copies: 1);
        world.Field.Lay(0, episode.Field);
        for (var player = 0; player < options.Players; player++)
        {
            world.Field.Player(0, player) = episode.Players[player];
        }

        CompareSeen(world, gauge, episode.FirstSeen, episode.Path + ".obs0", episode.Path + ".valid0");
        var random = RandomKey.FromSeed(0).Stream(); // the rules draw nothing
        int[] offsets = [.. Enumerable.Range(0, options.Players + 1)];
        var (rewards, terminated) = (new float[options.Players], new float[1]);
        for (var t = 0; t < episode.Steps.Count; t++)
        {
            var (step, path) = (episode.Steps[t], $"{episode.Path}.steps[{t}]");
            Array.Clear(rewards);
            world.Step(new(step.Actions, offsets, 1), ref random, rewards, terminated);
            gauge.Compare("done", step.IsDone ? 1 : 0, t + 1 >= options.MaxSteps ? 1 : terminated[0], () => path + ".done"); // the reference makes no difference
            for (var player = 0; player < options.Players; player++)
            {
                var (index, now) = (player, world.Field.Player(0, player));
                gauge.Compare("rewards", (float)step.Rewards[player], rewards[player], () => $"{path}.rewards[{index}]");
                gauge.Compare("positions", step.Positions[player].Row, now.Row, () => $"{path}.positions[{index}]");
                gauge.Compare("positions", step.Positions[player].Column, now.Column, () => $"{path}.positions[{index}]");
            }

            for (var cell = 0; cell < step.Field.Length; cell++)
            {
                var (row, column) = (cell / options.Columns, cell % options.Columns);
                gauge.Compare("field", step.Field[cell], world.Field.Level(0, row, column), () => $"{path}.field[{row}][{column}]");
            }

            CompareSeen(world, gauge, step.Seen, path + ".obs", path + ".valid");
        }
    }

    private static void CompareSeen(LevelBasedForaging world, DeviationGauge gauge, IReadOnlyList<ForagingSight> recorded, string observations, string valid)
    {
        var (ours, mask) = (new float[world.Spec.StateWidth], new float[Enum.GetValues<ForagingAction>().Length]);
        for (var player = 0; player < recorded.Count; player++)
        {
            world.Observe(player, ours);
            world.Mask(player, mask);
            var who = player;
            for (var i = 0; i < ours.Length; i++)
            {
                var index = i;
                gauge.Compare("observations", recorded[player].Observation[i], ours[i], () => $"{observations}[{who}][{index}]");
            }

            for (var action = 0; action < mask.Length; action++)
            {
                var index = action;
                gauge.Compare("valid", recorded[player].Valid.Contains(action) ? 1 : 0, mask[action], () => $"{valid}[{who}], action {index}");
            }
        }
    }
}
