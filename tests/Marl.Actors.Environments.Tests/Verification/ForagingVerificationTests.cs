using System.Text;
using System.Text.Json.Nodes;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Verification;
using Xunit;

namespace Marl.Actors.Environments.Tests.Verification;

public sealed class ForagingVerificationTests
{
    private const string Partial = "Foraging-2s-8x8-2p-3f-v3";

    [Theory]
    [InlineData("Foraging-8x8-2p-2f-coop-v3", 136)]
    [InlineData("Foraging-8x8-2p-3f-v3", 100)]
    [InlineData("Foraging-10x10-3p-3f-v3", 173)]
    [InlineData(Partial, 100)]
    public void Recorded_reference_episodes_hold_exactly(string name, int steps)
    {
        var report = WorldVerification.Verify(PathOf(name)).Value;
        Assert.Equal((4, steps), (report.Episodes, report.Steps));
        Assert.Equal((name, "environment/level-based-foraging", ""), (report.Environment, report.World, report.Integration));
        Assert.Equal(["observations", "rewards", "positions", "field", "valid", "done"], report.Fields.Select(f => f.Field));
        Assert.All(report.Fields, f => Assert.True(f.Compared >= steps, f.Field));
        Assert.True(report.Holds(0), string.Join("; ", report.Fields));
    }

    [Theory]
    [InlineData("observations", "episodes[1].steps[2].obs[0][4]")]
    [InlineData("rewards", "episodes[1].steps[2].rewards[1]")]
    [InlineData("positions", "episodes[1].steps[2].positions[0][0]")]
    [InlineData("field", "episodes[1].steps[2].field[2][1]")]
    public void A_deviation_is_reported_with_its_place(string field, string path)
    {
        var recording = Golden(Partial);
        var at = At(recording, path, out var index);
        at[index] = at[index]!.GetValue<double>() == 1 ? 2 : 1;
        var deviation = Verify(recording).Value.Fields.Single(f => f.Field == field);
        Assert.True(deviation.Greatest > 0);
        Assert.StartsWith("episodes[1].steps[2]." + path.Split('.')[2].Split('[')[0], deviation.Where);
    }

    [Fact]
    public void Valid_actions_and_the_end_are_compared()
    {
        var recording = Golden(Partial);
        recording["episodes"]![0]!["steps"]![3]!["valid"]![1]!.AsArray().RemoveAt(0);
        recording["episodes"]![2]!["steps"]![1]!["done"] = true;
        var fields = Verify(recording).Value.Fields.ToDictionary(f => f.Field);
        Assert.Equal((1, "episodes[0].steps[3].valid[1], action 0"), (fields["valid"].Greatest, fields["valid"].Where));
        Assert.Equal((1, "episodes[2].steps[1].done"), (fields["done"].Greatest, fields["done"].Where));
    }

    [Theory]
    [InlineData("MARL3104", "'Forage' is unknown", "id", "\"Forage\"")]
    [InlineData("MARL3105", "'playerz' of Foraging-2s-8x8-2p-3f-v3 is unknown. Did you mean 'players'?", "kwargs.playerz", "2")]
    [InlineData("MARL3106", "'min_player_level' of Foraging-2s-8x8-2p-3f-v3 is [1,2], but must be a whole number", "kwargs.min_player_level", "[1,2]")]
    [InlineData("MARL3106", "'field_size' of Foraging-2s-8x8-2p-3f-v3 is 8", "kwargs.field_size", "8")]
    [InlineData("MARL3106", "'grid_observation' of Foraging-2s-8x8-2p-3f-v3 is true", "kwargs.grid_observation", "true")]
    [InlineData("MARL3106", "'observe_agent_levels' of Foraging-2s-8x8-2p-3f-v3 is false", "kwargs.observe_agent_levels", "false")]
    [InlineData("MARL3103", "is a list of 2, not a list of 3", "kwargs.players", "3")]
    [InlineData("MARL3109", "'episodes[0].obs0[0]' has 15 numbers, this world 12", "kwargs.max_num_food", "2")]
    [InlineData("MARL3103", "is a list of 8, not a list of 9", "kwargs.field_size", "[9,9]")]
    [InlineData("MARL3110", "'episodes[0].steps[0].actions[1]' stands no action", "episodes[0].steps[0].actions[1]", "6")]
    [InlineData("MARL3113", "'episodes[0].initial.field' has 4 foods", "episodes[0].initial.field[7][7]", "1")]
    [InlineData("MARL3113", "is 8, not a whole number in 0..7", "episodes[0].initial.players[1].position[1]", "8")]
    [InlineData("MARL3113", "is 0, not a whole number in 1..10000", "episodes[0].initial.players[1].level", "0")]
    [InlineData("MARL3111", "no episode", "episodes", "[]")]
    [InlineData("MARL3103", "'episodes' is text, not a list", "episodes", "\"many\"")]
    [InlineData("MARL3103", "'episodes[0].steps[1].done' is the number 1, not true or false", "episodes[0].steps[1].done", "1")]
    public void What_can_not_be_stepped_is_named(string code, string sentence, string path, string json)
    {
        var recording = Golden(Partial);
        var at = At(recording, path, out var index, out var name);
        if (name is null)
        {
            at[index] = JsonNode.Parse(json);
        }
        else
        {
            at[name] = JsonNode.Parse(json);
        }

        var result = Verify(recording);
        Assert.False(result.IsSuccess);
        Assert.Contains(result.Diagnostics, d => d.Code == code && d.ToString().Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("episodes[0].initial")]
    [InlineData("episodes[0].initial.players[0].level")]
    [InlineData("episodes[1].valid0")]
    [InlineData("episodes[1].steps[4].positions")]
    [InlineData("kwargs")]
    public void A_missing_field_is_named(string path)
    {
        var recording = Golden(Partial);
        var at = At(recording, path, out _, out var name);
        Assert.True(at.AsObject().Remove(name!));
        Assert.Contains(Verify(recording).Diagnostics, d => d.Code == "MARL3102" && d.Sentence == $"The field '{path}' is missing.");
    }

    private static JsonNode At(JsonNode root, string path, out int index) => At(root, path, out index, out _);

    private static JsonNode At(JsonNode root, string path, out int index, out string? name)
    {
        var parts = path.Replace("[", ".#").Replace("]", "").Split('.');
        foreach (var part in parts[..^1])
        {
            root = part[0] == '#' ? root[int.Parse(part[1..])]! : root[part]!;
        }

        index = parts[^1][0] == '#' ? int.Parse(parts[^1][1..]) : -1;
        name = index < 0 ? parts[^1] : null;
        return root;
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "golden", "lbf", name + ".json");

    private static JsonObject Golden(string name) => JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();

    private static Result<VerificationReport> Verify(JsonObject recording) =>
        RecordingDocument.Parse("recording.json", Encoding.UTF8.GetBytes(recording.ToJsonString())).Then(d => WorldVerification.Verify(d, null));
}
