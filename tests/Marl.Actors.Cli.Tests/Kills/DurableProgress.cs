using System.Globalization;
using System.Text.Json;
using Marl.Actors.Runtime.Checkpoints;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>The newest checkpoint of a run: it may only ever get newer.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class DurableProgress(string run)
{
    private readonly string folder = Path.Combine(run, "checkpoints");
    private long newest;

    /// <summary>Attempts at the run so far.</summary>
    public int Epoch => JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "claim.json"))).RootElement.GetProperty("epoch").GetInt32();

    /// <summary>Times it was older than before.</summary>
    public int Backward { get; private set; }

    /// <summary>Environment steps of the newest one; 0 when there is none.</summary>
    public long Look()
    {
        var found = !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, "*.checkpoint")
            .Select(f => long.Parse(Path.GetFileNameWithoutExtension(f), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        Backward += found < newest ? 1 : 0;
        return newest = found;
    }

    /// <summary>What the newest one holds.</summary>
    public Checkpoint Open()
    {
        var read = CheckpointFile.ReadNewest(folder);
        return read.IsSuccess && read.Diagnostics.Count == 0 ? read.Value : throw new InvalidOperationException(string.Join('\n', read.Diagnostics));
    }
}
