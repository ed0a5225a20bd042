using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>Reads recordings of particle worlds: JSON → <see cref="Recording"/>.</summary>
internal static class RecordingReader
{
    private static readonly string[] EpisodeLists = ["episodes_discrete", "episodes_continuous", "episodes"];

    private static readonly string[] ConstantNames = ["dt", "damping", "contact_force", "contact_margin", "dim_c", "dim_p"];

    /// <summary>Takes a document apart. Failures: MARL3102 (missing field), MARL3103 (wrong value), MARL3111 (no episode).</summary>
    public static Result<Recording> Read(RecordingDocument document)
    {
        var findings = new JsonFindings(document.File);
        var recording = Whole(document.File, new(document.Root, "", findings), findings);
        return Result.Of(recording, findings.Diagnostics);
    }

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
            arguments.Named(),
            cycles.Exists ? (int)cycles.Number() : null,
            ConstantNames.Where(n => root.Find(n).Exists).ToDictionary(n => n, n => root.Find(n).Number()),
            agents,
            landmarks,
            episodes);
    }

    private static RecordedEntity[] Entities(JsonCursor list) =>
    [
        .. list.Items().Select(entity => new RecordedEntity(entity["name"].Text(), entity.Named()
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
