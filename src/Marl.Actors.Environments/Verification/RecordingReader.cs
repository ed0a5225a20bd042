using System.Text;
using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>Reads recordings: bytes → JSON → <see cref="Recording"/>.</summary>
internal static class RecordingReader
{
    private static readonly string[] EpisodeLists = ["episodes_discrete", "episodes_continuous", "episodes"];

    private static readonly string[] ConstantNames = ["dt", "damping", "contact_force", "contact_margin", "dim_c", "dim_p"];

    /// <summary>Reads a file. Failures: MARL3100 (no such file), MARL3101 (not JSON), MARL3102 (missing field), MARL3103 (wrong value), MARL3111 (no episode).</summary>
    public static Result<Recording> Read(string file)
    {
        try
        {
            return Parse(file, File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(file, "There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(file, Directory.Exists(file) ? "This is a directory, not a recording." : "This file can't be read.");
        }
    }

    /// <summary>Reads the bytes of a recording.</summary>
    public static Result<Recording> Parse(string file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            using var document = JsonDocument.Parse(text);
            var findings = new JsonFindings(file);
            var recording = Whole(file, new(document.RootElement.Clone(), "", findings), findings);
            return Result.Of(recording, findings.Diagnostics);
        }
        catch (JsonException e)
        {
            var where = new SourceSpan(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            return Result.Failure<Recording>(new Diagnostic("MARL3101", where, "From here on this is not JSON.", "Give a recording in the format of tests/golden/mpe."));
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException)
        {
            return Result.Failure<Recording>(new Diagnostic(
                "MARL3101", SourceSpan.Whole(file), "This file holds bytes that are not Unicode text.", "Give a recording in the format of tests/golden/mpe."));
        }
    }

    private static Result<Recording> Unreadable(string file, string sentence) => Result.Failure<Recording>(
        new Diagnostic("MARL3100", SourceSpan.Whole(file), sentence, "Give the path of a recording."));

    private static Recording Whole(string file, JsonCursor root, JsonFindings findings)
    {
        var agents = Entities(root["agents"]);
        var landmarks = Entities(root["landmarks"]);
        string[] names = [.. agents.Select(a => a.Name)];
        string[] places = [.. landmarks.Select(l => l.Name)];
        var lists = EpisodeLists.Select(root.Find).Where(l => l.Exists).ToArray();
        var episodes = lists.SelectMany(list => list.Items()).Select(e => Episode(e, names, places)).ToArray();
        if (episodes.Length == 0 && root.Kind == JsonValueKind.Object)
        {
            findings.Add(new("MARL3111", SourceSpan.Whole(file), "The recording has no episode.", $"Record at least one, under {string.Join(" or ", EpisodeLists)}."));
        }

        foreach (var empty in episodes.Where(e => e.Steps.Count == 0))
        {
            findings.Add(new("MARL3111", SourceSpan.Whole(file), $"The episode '{empty.Path}' has no step.", "Record at least one."));
        }

        var cycles = root.Find("max_cycles");
        var arguments = root.Find("kwargs");
        return new(
            file,
            root["env"].Text(),
            root.Find("source") is { Kind: JsonValueKind.String } source ? source.Text() : "",
            arguments.Exists ? Named(arguments.Members()) : new Dictionary<string, JsonElement>(),
            cycles.Exists ? (int)cycles.Number() : null,
            ConstantNames.Where(n => root.Find(n).Exists).ToDictionary(n => n, n => root.Find(n).Number()),
            agents,
            landmarks,
            episodes);
    }

    private static Dictionary<string, JsonElement> Named(IEnumerable<(string Name, JsonElement Value)> members)
    {
        var named = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in members)
        {
            named[name] = value; // of repeated members JSON readers take the last
        }

        return named;
    }

    private static RecordedEntity[] Entities(JsonCursor list) =>
    [
        .. list.Items().Select(entity => new RecordedEntity(entity["name"].Text(), Named(entity.Members())
            .Where(f => f.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .ToDictionary(f => f.Key, f => f.Value.ValueKind == JsonValueKind.Number ? f.Value.GetDouble() : f.Value.ValueKind == JsonValueKind.True ? 1 : 0))),
    ];

    private static RecordedEpisode Episode(JsonCursor episode, string[] agents, string[] landmarks)
    {
        var initial = episode["initial"];
        var first = episode.Find("obs0");
        var steps = episode["steps"].Items();
        var isDiscrete = steps.Count == 0 || agents.Length == 0 || steps[0].Find("actions").Find(agents[0]).Kind == JsonValueKind.Number;
        return new(
            episode.Path,
            isDiscrete,
            State(initial, agents.Length, landmarks.Length),
            Goals(initial, landmarks),
            first.Exists ? [.. agents.Select(a => first[a].Numbers())] : null,
            [.. steps.Select(s => Step(s, agents, landmarks.Length, isDiscrete))]);
    }

    private static RecordedStep Step(JsonCursor step, string[] agents, int landmarks, bool isDiscrete)
    {
        var (actions, observations, rewards) = (step["actions"], step["obs"], step["rewards"]);
        return new(
            [.. agents.Select(a => isDiscrete ? [actions[a].Number()] : actions[a].Numbers())],
            [.. agents.Select(a => observations[a].Numbers())],
            [.. agents.Select(a => rewards[a].Number())],
            step["terminated"].Flag(),
            step["truncated"].Flag(),
            State(step, agents.Length, landmarks));
    }

    private static RecordedState State(JsonCursor state, int agents, int landmarks)
    {
        var speakers = state["agents"].Items(agents);
        var bodies = speakers.Concat(state["landmarks"].Items(landmarks)).ToArray();
        return new(
            [.. bodies.Select(b => b["p_pos"].Numbers(2))],
            [.. bodies.Select(b => b["p_vel"].Numbers(2))],
            [.. speakers.Select(a => a["c"].Numbers())]);
    }

    // A goal is a body by its name, a key the colour of a landmark.
    private static Dictionary<(int Agent, string Name), string> Goals(JsonCursor initial, string[] landmarks)
    {
        var goals = new Dictionary<(int, string), string>();
        foreach (var (agent, index) in initial["agents"].Items().Select((a, i) => (a, i)))
        {
            foreach (var (name, value) in agent.Members().Where(m => m.Name.StartsWith("goal", StringComparison.Ordinal) && m.Value.ValueKind == JsonValueKind.String))
            {
                goals[(index, name)] = value.GetString()!;
            }

            if (agent.Find("key") is { Exists: true } key)
            {
                var code = key.Numbers();
                var owner = initial["landmarks"].Items(landmarks.Length).Select(l => l["color"].Numbers()).ToList().FindIndex(code.SequenceEqual);
                goals[(index, "key")] = owner < 0 ? $"[{string.Join(", ", code)}]" : landmarks[owner];
            }
        }

        return goals;
    }
}
