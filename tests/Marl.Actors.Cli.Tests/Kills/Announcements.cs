using System.Globalization;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>
/// The versions that a durable run has announced, as rows of <c>training.csv</c>: none may be announced before it is saved, and
/// none may ever be taken back or change.
/// </summary>
/// <param name="run">The run's folder.</param>
internal sealed class Announcements(string run)
{
    private readonly SortedDictionary<long, string> seen = [];

    /// <summary>Versions that were seen announced.</summary>
    public int Count => seen.Count;

    /// <summary>Those of which no row is left, or another one.</summary>
    public int Lost { get; private set; }

    /// <summary>Those that were announced before they were saved.</summary>
    public int Early { get; private set; }

    /// <summary>Updates below the newest one that have no row, or several, as of the last look.</summary>
    public long Gaps { get; private set; }

    /// <summary>Reads the table.</summary>
    /// <param name="saved">Environment steps of the newest checkpoint; asked for after reading.</param>
    public void Look(Func<long> saved)
    {
        var lines = Lines();
        var durable = saved();
        var rows = lines.Skip(1).Select(line => (Cells: line.Split(','), Line: line)).ToArray();
        var byUpdate = rows.ToLookup(r => long.Parse(r.Cells[0], CultureInfo.InvariantCulture), r => r.Line);
        Lost += seen.Count(row => !byUpdate[row.Key].Contains(row.Value));
        Early += rows.Count(r => long.Parse(r.Cells[1], CultureInfo.InvariantCulture) > durable && !seen.ContainsKey(long.Parse(r.Cells[0], CultureInfo.InvariantCulture)));
        Gaps = Enumerable.Range(0, byUpdate.Count == 0 ? 0 : (int)byUpdate.Max(row => row.Key) + 1).Count(update => byUpdate[update].Count() != 1);
        foreach (var row in byUpdate)
        {
            seen[row.Key] = row.First();
        }
    }

    /// <summary>Whole lines; the table is replaced when a run is taken up again.</summary>
    private string[] Lines()
    {
        var path = Path.Combine(run, "training.csv");
        return File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
    }
}
