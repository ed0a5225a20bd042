using System.Text;
using System.Text.Json.Nodes;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Particles;
using Marl.Actors.Environments.Tests.Particles;
using Marl.Actors.Environments.Verification;
using Xunit;

namespace Marl.Actors.Environments.Tests.Verification;

public sealed class WorldVerificationTests
{
    public static TheoryData<string> Recordings =>
    [
        "simple_spread_v3", "simple_speaker_listener_v4", "simple_tag_v3", "simple_adversary_v3", "simple_reference_v3",
        "simple_push_v3", "simple_crypto_v3", "simple_world_comm_v3", "simple_v3",
    ];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Recorded_reference_trajectories_hold(string name)
    {
        var report = WorldVerification.Verify(PathOf(name)).Value;
        Assert.Equal((4, 100), (report.Episodes, report.Steps));
        Assert.Equal((name, "mpe2 1.1.0", "position-first"), (report.Environment, report.Source, report.Integration));
        Assert.True(report.Holds(1e-5), string.Join("; ", report.Fields));
        Assert.All(report.Fields, f => Assert.True(f.Compared >= 100 || (name, f.Field) == ("simple_v3", "communication"), f.Field)); // it has no words

        // State is double precision: it holds far tighter. Observations and rewards are rounded to single.
        Assert.All(report.Fields.Where(f => f.Field is "positions" or "velocities"), f => Assert.True(f.Greatest < 1e-11, f.ToString()));
        Assert.All(report.Fields.Where(f => f.Field is "observations" or "rewards"), f => Assert.True(f.Greatest < 1e-6, f.ToString()));
        Assert.All(report.Fields.Where(f => f.Field is "terminated" or "truncated" or "communication"), f => Assert.Equal(0, f.Greatest));
    }

    [Fact]
    public void The_other_integration_order_does_not_hold()
    {
        var report = WorldVerification.Verify(PathOf("simple_spread_v3"), IntegrationOrder.VelocityFirst).Value;
        Assert.False(report.Holds(0.1));
        Assert.Equal("velocity-first", report.Integration);
    }

    [Theory]
    [InlineData(5, 0.5, "simple_spread_v3", IntegrationOrder.PositionFirst)]
    [InlineData(2, 0.0, "simple_spread", IntegrationOrder.PositionFirst)]
    [InlineData(1, 1.0, "mpe2/simple_spread_v3", IntegrationOrder.PositionFirst)]
    [InlineData(4, 0.5, "simple_spread_v2", IntegrationOrder.VelocityFirst)]
    public void Arguments_and_versions_choose_the_world(int agents, double localRatio, string environment, IntegrationOrder order)
    {
        var recording = SpreadRecording(agents, localRatio, order, steps: 12, cut: 12);
        recording["env"] = environment;
        var report = Verify(recording).Value;
        Assert.True(report.Holds(1e-6), string.Join("; ", report.Fields));
        Assert.Equal(12, report.Steps);

        recording["kwargs"]!["local_ratio"] = 0.75;
        Assert.False(Verify(recording).Value.Holds(0.1));
    }

    [Fact]
    public void A_deviation_is_reported_with_its_size_and_its_place()
    {
        var recording = Golden("simple_spread_v3");
        var step = recording["episodes_continuous"]![1]!["steps"]![7]!;
        step["obs"]!["agent_2"]![4] = step["obs"]!["agent_2"]![4]!.GetValue<double>() + 0.25;
        step["terminated"] = true;
        var fields = Verify(recording).Value.Fields.ToDictionary(f => f.Field);
        Assert.Equal(0.25, fields["observations"].Greatest, 6);
        Assert.Equal("episodes_continuous[1].steps[7].obs.agent_2[4]", fields["observations"].Where);
        Assert.Equal((1, "episodes_continuous[1].steps[7].terminated"), (fields["terminated"].Greatest, fields["terminated"].Where));
        Assert.True(fields["positions"].Greatest < 1e-9);
    }

    [Fact]
    public void The_time_limit_is_the_recordings()
    {
        Assert.True(Verify(SpreadRecording(2, 0.5, IntegrationOrder.PositionFirst, steps: 12, cut: 8)).Value.Holds(1e-6));
        var wrong = SpreadRecording(2, 0.5, IntegrationOrder.PositionFirst, steps: 12, cut: 8);
        wrong["kwargs"]!["max_cycles"] = 10;
        Assert.Equal(1, Verify(wrong).Value.Fields.Single(f => f.Field == "truncated").Greatest);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_clear_line()
    {
        var missing = WorldVerification.Verify("no/such/recording.json");
        Assert.Equal("no/such/recording.json: error MARL3100: There is no such file. Give the path of a recording.", missing.Diagnostics.Single().ToString());
        Assert.Equal("MARL3100", WorldVerification.Verify(AppContext.BaseDirectory).Diagnostics.Single().Code);
        Assert.Equal("MARL3100", WorldVerification.Verify("").Diagnostics.Single().Code);
        Assert.Equal("MARL3100", WorldVerification.Verify("a\0b").Diagnostics.Single().Code);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("not json", 1, 2)]
    [InlineData("{\n  \"env\": \"simple_spread_v3\",\n  \"agents\": [,]\n}", 3, 14)]
    [InlineData("{\"env\": \"simple_spread_v3\", \"agents\": [{\"name\": \"ag", 1, 51)]
    [InlineData("{\"dt\": NaN}", 1, 8)]
    public void What_is_not_json_says_where(string text, int line, int column)
    {
        var diagnostic = Single(Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(("MARL3101", line), (diagnostic.Code, diagnostic.Where.Line));
        Assert.InRange(diagnostic.Where.Column, column - 1, column + 2);
        Assert.DoesNotContain("Exception", diagnostic.ToString());
        Assert.DoesNotContain("LineNumber", diagnostic.ToString());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Equal("MARL3101", Single(Parse([0x7b, 0x22, 0xc3, 0x28])).Code);
        Assert.Equal("MARL3101", Single(Parse(Encoding.UTF8.GetBytes("{\"env\": \"\\ud800\"}"))).Code);
        Assert.Equal("MARL3101", Single(Parse(Encoding.UTF8.GetBytes(new string('[', 5000)))).Code);
        Assert.True(Parse([0xef, 0xbb, 0xbf, .. File.ReadAllBytes(PathOf("simple_spread_v3"))]).IsSuccess);
    }

    [Theory]
    [InlineData("MARL3104", "Did you mean 'simple_spread'?", "env", "\"simple_spraed_v3\"")]
    [InlineData("MARL3104", "Known worlds: simple", "env", "\"waterworld_v4\"")]
    [InlineData("MARL3103", "'env' is the number 3, not text", "env", "3")]
    [InlineData("MARL3105", "The argument 'local_ration' of simple_spread_v3 is unknown. Did you mean 'local_ratio'?", "kwargs", "{\"local_ration\": 0.5}")]
    [InlineData("MARL3106", "'curriculum' of simple_spread_v3 is true", "kwargs", "{\"curriculum\": true}")]
    [InlineData("MARL3106", "'num_agent_neighbors' of simple_spread_v3 is 2", "kwargs", "{\"num_agent_neighbors\": 2}")]
    [InlineData("MARL3106", "'local_ratio' of simple_spread_v3 is 1.5, but must be a number in 0..1", "kwargs", "{\"local_ratio\": 1.5}")]
    [InlineData("MARL3106", "'N' of simple_spread_v3 is \"three\"", "kwargs", "{\"N\": \"three\"}")]
    [InlineData("MARL3103", "'kwargs' is a list of 0, not an object", "kwargs", "[]")]
    [InlineData("MARL3107", "'damping' = 0.5, this world has 0.25", "damping", "0.5")]
    [InlineData("MARL3108", "The recording's agents are 3 (agent_0, agent_1, agent_2)", "kwargs", "{\"N\": 4}")]
    [InlineData("MARL3103", "'episodes_discrete' is text, not a list", "episodes_discrete", "\"many\"")]
    [InlineData("MARL3103", "'episodes_discrete[0]' is the number 1, not an object", "episodes_discrete", "[1]")]
    public void A_wrong_field_is_named(string code, string sentence, string field, string json)
    {
        var recording = Golden("simple_spread_v3");
        recording[field] = JsonNode.Parse(json);
        var result = Verify(recording);
        Assert.False(result.IsSuccess);
        Assert.Contains(result.Diagnostics, d => d.Code == code && d.ToString().Contains(sentence, StringComparison.Ordinal));
        Assert.All(result.Diagnostics, d => Assert.InRange(int.Parse(d.Code[4..]), 3100, 3119));
    }

    [Theory]
    [InlineData("env")]
    [InlineData("agents")]
    [InlineData("landmarks")]
    [InlineData("episodes_discrete[1].steps")]
    [InlineData("episodes_discrete[0].initial")]
    [InlineData("episodes_discrete[0].initial.agents[0].p_vel")]
    [InlineData("episodes_discrete[0].initial.agents[0].goal_b")]
    [InlineData("episodes_continuous[0].steps[3].obs.listener_0")]
    [InlineData("episodes_continuous[0].steps[3].actions.speaker_0")]
    [InlineData("episodes_continuous[1].steps[24].agents[1].c")]
    [InlineData("episodes_continuous[1].steps[24].truncated")]
    public void A_missing_field_is_named(string path)
    {
        var recording = Golden("simple_speaker_listener_v4");
        JsonNode at = recording;
        var parts = path.Replace("[", ".#").Replace("]", "").Split('.');
        foreach (var part in parts[..^1])
        {
            at = part[0] == '#' ? at[int.Parse(part[1..])]! : at[part]!;
        }

        Assert.True(at.AsObject().Remove(parts[^1]));
        var result = Verify(recording);
        Assert.Contains(result.Diagnostics, d => d.Code == "MARL3102" && d.Sentence == $"The field '{path}' is missing.");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e99")]
    public void An_action_outside_its_space_is_refused(string action)
    {
        var recording = Golden("simple_spread_v3");
        recording["episodes_discrete"]![0]!["steps"]![2]!["actions"]!["agent_1"] = JsonNode.Parse(action);
        var diagnostic = Single(Verify(recording));
        Assert.Equal("MARL3110", diagnostic.Code);
        Assert.Contains("'episodes_discrete[0].steps[2].actions.agent_1' stands no action of Discrete(5)", diagnostic.Sentence);
    }

    [Fact]
    public void Widths_goals_and_empty_recordings_are_checked()
    {
        var narrow = Golden("simple_spread_v3");
        narrow["episodes_discrete"]![0]!["steps"]![2]!["obs"]!["agent_1"] = new JsonArray(1.0, 2.0);
        Assert.Contains("has 2 numbers, this world 18", Single(Verify(narrow)).Sentence);

        var aimless = Golden("simple_speaker_listener_v4");
        aimless["episodes_discrete"]![0]!["initial"]!["agents"]![0]!["goal_b"] = "landmark 7";
        Assert.Equal("MARL3112", Single(Verify(aimless)).Code);

        var empty = Golden("simple_spread_v3");
        (empty["episodes_discrete"], empty["episodes_continuous"]) = (new JsonArray(), new JsonArray());
        Assert.Equal("MARL3111", Single(Verify(empty)).Code);

        var fast = Golden("simple_spread_v3");
        fast["agents"]![0]!["max_speed"] = 1.3;
        Assert.Equal("MARL3107", Single(Verify(fast)).Code);
    }

    private static Diagnostic Single<T>(Result<T> result)
    {
        Assert.False(result.IsSuccess);
        return Assert.Single(result.Diagnostics);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "golden", "mpe", name + ".json");

    private static JsonObject Golden(string name) => JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();

    private static Result<Recording> Parse(byte[] bytes) => RecordingDocument.Parse("recording.json", bytes).Then(RecordingReader.Read);

    private static Result<VerificationReport> Verify(JsonObject recording) =>
        RecordingDocument.Parse("recording.json", Encoding.UTF8.GetBytes(recording.ToJsonString())).Then(d => WorldVerification.Verify(d, null));

    // What a recorder writes, from the scalar equations.
    private static JsonObject SpreadRecording(int agents, double localRatio, IntegrationOrder order, int steps, int cut)
    {
        var world = new ScalarSpread(agents, order, localRatio);
        var random = RandomKey.FromSeed(agents).Stream();
        world.Reset(ref random, range: 0.4);
        var names = Enumerable.Range(0, agents).Select(i => $"agent_{i}").ToArray();
        var initial = State();
        var recorded = new JsonArray();
        for (var t = 1; t <= steps; t++)
        {
            var actions = new int[agents];
            for (var agent = 0; agent < agents; agent++)
            {
                actions[agent] = random.NextInt(5);
            }

            world.Step(actions);
            var step = State();
            step["actions"] = ByAgent(i => actions[i]);
            step["obs"] = ByAgent(i => Numbers(world.Observe(i)));
            step["rewards"] = ByAgent(i => world.Reward(i));
            (step["terminated"], step["truncated"]) = (false, t >= cut);
            recorded.Add(step);
        }

        return new()
        {
            ["env"] = "simple_spread_v3",
            ["kwargs"] = new JsonObject { ["N"] = agents, ["local_ratio"] = localRatio, ["max_cycles"] = cut, ["dynamic_rescaling"] = true, ["continuous_actions"] = false },
            ["agents"] = new JsonArray([.. names.Select(n => new JsonObject { ["name"] = n, ["size"] = 0.15 })]),
            ["landmarks"] = new JsonArray([.. names.Select((_, i) => new JsonObject { ["name"] = $"landmark {i}" })]),
            ["episodes_discrete"] = new JsonArray(new JsonObject { ["initial"] = initial, ["steps"] = recorded }),
        };

        JsonObject State() => new()
        {
            ["agents"] = new JsonArray([.. names.Select((_, i) => new JsonObject
            {
                ["p_pos"] = Numbers(world.Positions[i]), ["p_vel"] = Numbers(world.Velocities[i]), ["c"] = Numbers([0, 0]),
            })]),
            ["landmarks"] = new JsonArray([.. names.Select((_, i) => new JsonObject { ["p_pos"] = Numbers(world.Positions[agents + i]), ["p_vel"] = Numbers([0, 0]) })]),
        };

        JsonObject ByAgent(Func<int, JsonNode> value) => new(names.Select((n, i) => KeyValuePair.Create<string, JsonNode?>(n, value(i))));

        static JsonArray Numbers(double[] values) => new([.. values.Select(v => JsonValue.Create(v))]);
    }
}
