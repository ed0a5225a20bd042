using System.Text.Json;
using Marl.Actors.Clustering;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Leading;

namespace Marl.Actors.Folders;

/// <summary><c>claim.json</c>: which run a folder holds, and which attempt at it is the newest.</summary>
internal sealed class RunClaims(RunFolder folder) : IClaims
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private string FilePath => Path.Combine(folder.Path, "claim.json");

    public Result<RunClaim> Next()
    {
        var next = Newest() is { } known ? known with { Epoch = known.Epoch + 1 } : new RunClaim(PassingClaims.NewRun(), 1);
        return WholeFile.Write(FilePath, JsonSerializer.Serialize(next, Format) + "\n").Map(_ => next);
    }

    public Diagnostic? Problem(RunClaim claim) => Newest() == claim
        ? null
        : new(ClusterCodes.Fenced, SourceSpan.Whole(folder.Path), $"Another process has taken this run over since epoch {claim.Epoch}.", "Let that one finish.");

    /// <summary>The claim the folder holds; null when there is none, or none that can be read: then a new run is claimed.</summary>
    private RunClaim? Newest() => !File.Exists(FilePath) ? null : WholeFile.Read(FilePath).Match<RunClaim?>(
        bytes =>
        {
            try
            {
                return JsonSerializer.Deserialize<RunClaim>(bytes, Format);
            }
            catch (JsonException)
            {
                return null;
            }
        },
        _ => null);
}
