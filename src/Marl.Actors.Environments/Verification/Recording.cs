using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>A recorded trajectory of a particle world as the file tells it; nothing is checked against a world yet.</summary>
/// <param name="File">Where it was read from.</param>
/// <param name="Environment">The reference's name of the world, with or without a version.</param>
/// <param name="Source">The program that made it, or "".</param>
/// <param name="Arguments">Keyword arguments the reference world was made with.</param>
/// <param name="MaxCycles">The time limit the file states outside the arguments.</param>
/// <param name="Constants">Constants of the physics the file states, by their names there.</param>
/// <param name="Agents">The agents, in order.</param>
/// <param name="Landmarks">The landmarks, in order.</param>
/// <param name="Episodes">The episodes; at least one.</param>
internal sealed record Recording(
    string File,
    string Environment,
    string Source,
    IReadOnlyDictionary<string, JsonElement> Arguments,
    int? MaxCycles,
    IReadOnlyDictionary<string, double> Constants,
    IReadOnlyList<RecordedEntity> Agents,
    IReadOnlyList<RecordedEntity> Landmarks,
    IReadOnlyList<RecordedEpisode> Episodes)
{
    /// <summary>A finding about the file as a whole.</summary>
    public Diagnostic Error(string code, string sentence, string remedy) => new(code, SourceSpan.Whole(File), sentence, remedy);
}

/// <summary>A body's fixed facts, as far as the file states them: numbers and flags (1 or 0) by name.</summary>
internal sealed record RecordedEntity(string Name, IReadOnlyDictionary<string, double> Facts);

/// <summary>One episode.</summary>
/// <param name="Path">Its place in the file: <c>episodes_discrete[0]</c>.</param>
/// <param name="IsDiscrete">The form of its actions.</param>
/// <param name="Initial">The state it begins with.</param>
/// <param name="Goals">Goals at the beginning, by agent and name: the name of a body.</param>
/// <param name="FirstObservations">By agent; null where the file has none.</param>
/// <param name="Steps">The steps, in order.</param>
internal sealed record RecordedEpisode(
    string Path,
    bool IsDiscrete,
    RecordedState Initial,
    IReadOnlyDictionary<(int Agent, string Name), string> Goals,
    double[][]? FirstObservations,
    IReadOnlyList<RecordedStep> Steps);

/// <summary>One step: what was done, and everything after it.</summary>
internal sealed record RecordedStep(
    double[][] Actions, double[][] Observations, double[] Rewards, bool Terminated, bool Truncated, RecordedState State);

/// <summary>Where everything is: by body (agents first), and utterances by agent.</summary>
internal sealed record RecordedState(double[][] Positions, double[][] Velocities, double[][] Communication);
