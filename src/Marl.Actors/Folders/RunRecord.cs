using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Folders;

/// <summary><c>run.json</c>: what was said on top of the pipeline file, so that the run can be taken up again as it was.</summary>
/// <param name="Source">Path of the pipeline file the run was started with.</param>
/// <param name="Parameters">Values of <c>--set</c>, by name.</param>
/// <param name="Seed">Root seed, if given.</param>
/// <param name="StopSteps">Environment steps, if given.</param>
public sealed record RunRecord(string Source, IReadOnlyDictionary<string, string> Parameters, long? Seed, long? StopSteps)
{
    /// <summary>Episodes of an evaluation, if given.</summary>
    public int? EvaluationEpisodes { get; init; }

    /// <summary>Environment steps between evaluations, if given.</summary>
    public long? EvaluationEvery { get; init; }

    /// <summary>Environment steps between checkpoints, if given.</summary>
    public long? CheckpointEvery { get; init; }

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The overrides for binding the pipeline again.</summary>
    public BindingOverrides Overrides => new()
    {
        Parameters = Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)).ToValues(),
        Seed = Seed,
        StopSteps = StopSteps,
        EvaluationEpisodes = EvaluationEpisodes,
        EvaluationEvery = EvaluationEvery,
        CheckpointEvery = CheckpointEvery,
    };

    /// <summary>The record of overrides.</summary>
    public static RunRecord Of(string source, BindingOverrides overrides) =>
        new(source, overrides.Parameters.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value), overrides.Seed, overrides.StopSteps)
        {
            EvaluationEpisodes = overrides.EvaluationEpisodes,
            EvaluationEvery = overrides.EvaluationEvery,
            CheckpointEvery = overrides.CheckpointEvery,
        };

    /// <summary>Writes it, whole or not at all.</summary>
    public Result<long> Write(string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Format) + "\n"));

    /// <summary>Reads it back.</summary>
    public static Result<RunRecord> Read(string path) => WholeFile.Read(path).Then(bytes =>
    {
        try
        {
            if (JsonSerializer.Deserialize<RunRecord>(bytes, Format) is { Parameters: not null, Source: not null } record)
            {
                return Result.Success(record);
            }
        }
        catch (JsonException)
        {
            // Reported below, in our words.
        }

        return Result.Failure<RunRecord>(new Diagnostic(
            FolderCodes.RecordDamaged, SourceSpan.Whole(path), "This is not the record of a run.", "Restore it, or start the run anew."));
    });
}
