using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Particles;

namespace Marl.Actors.Environments.Verification;

/// <summary>
/// Steps recorded trajectories of reference worlds through ours (<c>marl verify-world</c>): sets the recorded initial state,
/// applies the recorded actions, and compares everything after every step. The recording's <c>env</c> and <c>kwargs</c> choose
/// the world and its options.
/// </summary>
public static class WorldVerification
{
    /// <summary>Verifies a file.</summary>
    /// <param name="file">A recording in the format of <c>tests/golden/mpe</c> or <c>tests/golden/lbf</c>.</param>
    /// <param name="integration">The integration order of a particle world; by default the one of the recording's version.</param>
    /// <returns>The deviations; or why the file can't be compared, with codes MARL3100 to MARL3113.</returns>
    public static Result<VerificationReport> Verify(string file, IntegrationOrder? integration = null) =>
        RecordingDocument.Read(file).Then(document => Verify(document, integration));

    internal static Result<VerificationReport> Verify(RecordingDocument document, IntegrationOrder? integration) => document.IsForaging
        ? ForagingVerification.Verify(document)
        : RecordingReader.Read(document).Then(recording => ReferenceWorlds.Match(recording, integration).Then(matched => Compare(recording, matched)));

    private static Result<VerificationReport> Compare(Recording recording, MatchedWorld matched)
    {
        var worlds = recording.Episodes.Select(e => matched.Create(e.IsDiscrete ? ActionForm.Discrete : ActionForm.Continuous)).ToArray();
        var misfits = RecordingFit.Check(recording, worlds[0]).ToArray();
        if (misfits.Length == 0)
        {
            misfits = [.. recording.Episodes.Zip(worlds).SelectMany(e => RecordingFit.Actions(recording, e.Second, e.First)).Take(10)];
        }

        if (misfits.Length > 0)
        {
            return Result.Failure<VerificationReport>(misfits);
        }

        var gauge = new DeviationGauge("observations", "rewards", "positions", "velocities", "communication", "terminated", "truncated");
        foreach (var (episode, world) in recording.Episodes.Zip(worlds))
        {
            new Replay(recording, world, episode, gauge).Run();
        }

        return Result.Success(new VerificationReport(
            recording.File,
            recording.Environment,
            matched.Id,
            recording.Source,
            OptionText.Kebab(matched.Integration.ToString()),
            recording.Episodes.Count,
            recording.Episodes.Sum(e => e.Steps.Count),
            gauge.Deviations));
    }

    // One episode in a world of one copy.
    private sealed class Replay(Recording recording, ParticleWorld world, RecordedEpisode episode, DeviationGauge gauge)
    {
        private readonly int agents = recording.Agents.Count;

        public void Run()
        {
            Begin();
            var random = RandomKey.FromSeed(0).Stream(); // these worlds' dynamics draw nothing
            var rewards = new float[agents];
            var terminated = new float[1];
            for (var t = 0; t < episode.Steps.Count; t++)
            {
                var (step, path) = (episode.Steps[t], $"{episode.Path}.steps[{t}]");
                var actions = step.Actions.SelectMany(a => a).Select(a => (float)a).ToArray();
                var offsets = step.Actions.Aggregate(new List<int> { 0 }, (o, a) => [.. o, o[^1] + a.Length]).ToArray();
                terminated[0] = 0;
                world.Step(new(actions, offsets, 1), ref random, rewards, terminated);

                // The reference lets the time limit win where both hold.
                var isCut = t + 1 >= world.Spec.MaxSteps;
                gauge.Compare("terminated", step.Terminated ? 1 : 0, isCut ? 0 : terminated[0], () => $"{path}.terminated");
                gauge.Compare("truncated", step.Truncated ? 1 : 0, isCut ? 1 : 0, () => $"{path}.truncated");
                CompareRewards(step, rewards, path);
                CompareState(step.State, path);
                CompareObservations(step.Observations, path + ".obs");
            }
        }

        private void Begin()
        {
            for (var body = 0; body < episode.Initial.Positions.Length; body++)
            {
                var (at, speed) = (episode.Initial.Positions[body], episode.Initial.Velocities[body]);
                world.Particles.Place(0, body, at[0], at[1], speed[0], speed[1]);
            }

            for (var agent = 0; agent < agents; agent++)
            {
                for (var word = 0; word < world.Scene.Words; word++)
                {
                    world.Particles.Utterance[world.Particles.At(agent, word, 0)] = episode.Initial.Communication[agent][word];
                }
            }

            foreach (var (agent, name) in world.Goals)
            {
                world.TakeGoal(0, agent, name, RecordingFit.BodyOf(recording, episode.Goals[(agent, name)]));
            }

            if (episode.FirstObservations is { } first)
            {
                CompareObservations(first, episode.Path + ".obs0");
            }
        }

        private void CompareRewards(RecordedStep step, float[] rewards, string path)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                var name = recording.Agents[agent].Name;
                gauge.Compare("rewards", step.Rewards[agent], rewards[agent], () => $"{path}.rewards.{name}");
            }
        }

        private void CompareObservations(double[][] recorded, string path)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                var ours = new float[world.Spec.Agents[agent].Observation.Width];
                world.Observe(agent, ours);
                var name = recording.Agents[agent].Name;
                for (var i = 0; i < ours.Length; i++)
                {
                    var index = i;
                    gauge.Compare("observations", recorded[agent][i], ours[i], () => $"{path}.{name}[{index}]");
                }
            }
        }

        private void CompareState(RecordedState state, string path)
        {
            var particles = world.Particles;
            for (var body = 0; body < state.Positions.Length; body++)
            {
                var at = particles.At(body, 0);
                var name = world.Scene.Bodies[body].Name;
                gauge.Compare("positions", state.Positions[body][0], particles.X[at], () => $"{path}: x of {name}");
                gauge.Compare("positions", state.Positions[body][1], particles.Y[at], () => $"{path}: y of {name}");
                gauge.Compare("velocities", state.Velocities[body][0], particles.VelocityX[at], () => $"{path}: x of {name}");
                gauge.Compare("velocities", state.Velocities[body][1], particles.VelocityY[at], () => $"{path}: y of {name}");
            }

            for (var agent = 0; agent < agents; agent++)
            {
                for (var word = 0; word < world.Scene.Words; word++)
                {
                    var (said, heard) = (state.Communication[agent][word], particles.Utterance[particles.At(agent, word, 0)]);
                    var where = $"{path}: word {word} of {world.Scene.Agents[agent].Name}";
                    gauge.Compare("communication", said, heard, () => where);
                }
            }
        }
    }
}
