using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Environments.Particles;

namespace Marl.Actors.Environments.Verification;

/// <summary>Whether a recording can be stepped through a world at all: bodies, constants, widths, actions, goals.</summary>
internal static class RecordingFit
{
    private static readonly (string Name, double Value)[] Constants =
    [
        ("dt", ParticlePhysics.TimeStep), ("damping", ParticlePhysics.Damping), ("contact_force", ParticlePhysics.ContactForce),
        ("contact_margin", ParticlePhysics.ContactMargin), ("dim_p", 2),
    ];

    /// <summary>What doesn't fit: MARL3107 (constants), MARL3108 (bodies), MARL3109 (widths), MARL3110 (actions), MARL3112 (goals).</summary>
    public static IEnumerable<Diagnostic> Check(Recording recording, ParticleWorld world)
    {
        var bodies = Bodies(recording, "agents", recording.Agents, world.Scene.Agents)
            .Concat(Bodies(recording, "landmarks", recording.Landmarks, world.Scene.Landmarks))
            .ToArray();
        return bodies.Length > 0
            ? bodies
            : Physics(recording, world).Concat(recording.Episodes.SelectMany(e => Widths(recording, world, e).Concat(Goals(recording, world, e)).Take(3))).Take(10);
    }

    /// <summary>Whether the actions of an episode are actions of that world.</summary>
    public static IEnumerable<Diagnostic> Actions(Recording recording, ParticleWorld world, RecordedEpisode episode)
    {
        for (var step = 0; step < episode.Steps.Count; step++)
        {
            for (var agent = 0; agent < recording.Agents.Count; agent++)
            {
                var action = episode.Steps[step].Actions[agent];
                var isOne = world.Spec.Agents[agent].Action.Match(
                    d => action.Length == 1 && action[0] >= 0 && action[0] < d.Count && action[0] == Math.Floor(action[0]),
                    b => action.Length == b.Length);
                if (!isOne)
                {
                    yield return recording.Error(
                        "MARL3110",
                        $"At '{episode.Path}.steps[{step}].actions.{recording.Agents[agent].Name}' stands no action of {world.Spec.Agents[agent].Action}.",
                        "The actions must be of one form throughout an episode and within the agent's space.");
                }
            }
        }
    }

    /// <summary>The index of a body by its name in the recording; −1 if there is none.</summary>
    public static int BodyOf(Recording recording, string name) => recording.Agents.Concat(recording.Landmarks).ToList().FindIndex(b => b.Name == name);

    private static IEnumerable<Diagnostic> Bodies(Recording recording, string list, IReadOnlyList<RecordedEntity> recorded, IReadOnlyList<Body> ours)
    {
        static string Plain(string name) => name.Replace('_', '-').Replace(' ', '-');
        if (!recorded.Select(b => Plain(b.Name)).SequenceEqual(ours.Select(b => b.Name)))
        {
            static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(6)) + (names.Skip(6).Any() ? ", …" : "");
            yield return recording.Error(
                "MARL3108",
                $"The recording's {list} are {recorded.Count} ({Listed(recorded.Select(b => b.Name))}), those of {recording.Environment} with these arguments {ours.Count} ({Listed(ours.Select(b => b.Name))}).",
                "Check 'env' and 'kwargs' (for simple_spread 'N').");
        }
    }

    private static IEnumerable<Diagnostic> Physics(Recording recording, ParticleWorld world)
    {
        foreach (var (name, value) in Constants.Append(("dim_c", world.Scene.Words)))
        {
            if (recording.Constants.TryGetValue(name, out var stated) && stated != value)
            {
                yield return Differs(recording, name, stated, value);
            }
        }

        foreach (var (entity, body) in recording.Agents.Concat(recording.Landmarks).Zip(world.Scene.Bodies))
        {
            foreach (var (name, value) in FactsOf(body))
            {
                if (entity.Facts.TryGetValue(name, out var stated) && stated != value)
                {
                    yield return Differs(recording, $"{entity.Name}.{name}", stated, value);
                }
            }

            foreach (var name in AbsentFrom(body).Where(entity.Facts.ContainsKey))
            {
                yield return recording.Error(
                    "MARL3107",
                    FormattableString.Invariant($"The recording was made with '{entity.Name}.{name}' = {entity.Facts[name]}, this body has no such thing."),
                    "Record the world with its standard physics.");
            }
        }
    }

    private static (string Name, double Value)[] FactsOf(Body body) =>
    [
        ("size", body.Radius), ("mass", 1), ("movable", body.Moves ? 1 : 0), ("collide", body.Collides ? 1 : 0), ("silent", body.Speaks ? 0 : 1),
        .. body.HasOwnPush ? (IEnumerable<(string, double)>)[("accel", body.Push)] : [],
        .. body.HasMaxSpeed ? (IEnumerable<(string, double)>)[("max_speed", body.MaxSpeed)] : [],
    ];

    // What a recording must state as null.
    private static IEnumerable<string> AbsentFrom(Body body)
    {
        yield return "u_noise";
        yield return "c_noise";
        if (!body.HasOwnPush)
        {
            yield return "accel";
        }

        if (!body.HasMaxSpeed)
        {
            yield return "max_speed";
        }
    }

    private static Diagnostic Differs(Recording recording, string name, double stated, double ours) => recording.Error(
        "MARL3107",
        FormattableString.Invariant($"The recording was made with '{name}' = {stated}, this world has {ours}."),
        "Record the world with its standard physics.");

    private static IEnumerable<Diagnostic> Widths(Recording recording, ParticleWorld world, RecordedEpisode episode)
    {
        for (var agent = 0; agent < recording.Agents.Count; agent++)
        {
            var (width, words) = (world.Spec.Agents[agent].Observation.Width, world.Scene.Words);
            var observed = episode.Steps.Select((s, t) => ($"{episode.Path}.steps[{t}].obs", s.Observations[agent].Length, width));
            var said = episode.Steps.Select((s, t) => ($"{episode.Path}.steps[{t}].agents.c of", s.State.Communication[agent].Length, words));
            var first = (($"{episode.Path}.obs0"), episode.FirstObservations?[agent].Length ?? width, width);
            var initial = ($"{episode.Path}.initial.agents.c of", episode.Initial.Communication[agent].Length, words);
            foreach (var (where, length, expected) in observed.Prepend(first).Append(initial).Concat(said))
            {
                if (length != expected)
                {
                    yield return recording.Error(
                        "MARL3109", $"'{where} {recording.Agents[agent].Name}' has {length} numbers, this world {expected}.", "Check 'env' and 'kwargs'.");
                }
            }
        }
    }

    private static IEnumerable<Diagnostic> Goals(Recording recording, ParticleWorld world, RecordedEpisode episode)
    {
        foreach (var (agent, name) in world.Goals)
        {
            var path = $"{episode.Path}.initial.agents[{agent}].{name}";
            if (!episode.Goals.TryGetValue((agent, name), out var body))
            {
                yield return recording.Error("MARL3102", $"The field '{path}' is missing.", "Record the world again, with this field.");
            }
            else if (BodyOf(recording, body) is var index && (index < 0 || !world.TakeGoal(0, agent, name, index)))
            {
                yield return recording.Error(
                    "MARL3112", $"The field '{path}' is '{body}', which can't be a goal.", Nearest.Remedy(body, recording.Landmarks.Select(l => l.Name), "landmarks"));
            }
        }
    }
}
