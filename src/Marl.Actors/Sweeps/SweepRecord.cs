using System.Text.Json;
using System.Text.Json.Serialization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Sweeps;

/// <summary><c>sweep.json</c>: what was said on top of the sweep file, so that the campaign goes on as it was begun.</summary>
/// <param name="Source">Path of the sweep file.</param>
/// <param name="Parameters">Values of <c>--set</c>, by name.</param>
/// <param name="Seeds">Seeds in place of the file's, if given.</param>
/// <param name="StopSteps">Environment steps, if given.</param>
internal sealed record SweepRecord(string Source, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<long>? Seeds, long? StopSteps)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The record of a request.</summary>
    public static SweepRecord Of(SweepRequest request) => new(
        request.Path,
        request.Overrides.Parameters.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value),
        request.Seeds is { } seeds ? [.. seeds] : null,
        request.Overrides.StopSteps);

    /// <summary>A request as it was recorded; what runs it and who is told of it stay.</summary>
    public SweepRequest Applied(SweepRequest request) => request with
    {
        Overrides = new() { Parameters = Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)).ToValues(), StopSteps = StopSteps },
        Seeds = Seeds?.ToValues(),
    };

    /// <summary>Writes it, whole or not at all.</summary>
    public Result<long> Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads it back.</summary>
    public static Result<SweepRecord> Read(string path) => WholeFile.Read(path).Then(bytes =>
    {
        try
        {
            if (JsonSerializer.Deserialize<SweepRecord>(bytes, Format) is { Parameters: not null, Source: not null } record)
            {
                return Result.Success(record);
            }
        }
        catch (JsonException)
        {
            // Reported below, in our words.
        }

        return Result.Failure<SweepRecord>(new Diagnostic(
            FolderCodes.RecordDamaged, SourceSpan.Whole(path), "This is not the record of a sweep.", "Restore it, or start the sweep anew."));
    });
}
