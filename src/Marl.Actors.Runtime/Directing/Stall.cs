using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Directing;

/// <summary>Explains a graph in which no stage can go on.</summary>
internal static class Stall
{
    /// <summary>Names a cycle of stages each of which waits for the next.</summary>
    public static Diagnostic Describe(IReadOnlyList<CellStatus> cells)
    {
        var waits = cells.Where(c => c.Starved.Count > 0).ToDictionary(c => c.Address, c => c.Starved[0]);
        var path = new List<Link>();
        var at = waits.Keys.FirstOrDefault();
        while (at is not null && waits.TryGetValue(at, out var link) && !path.Contains(link))
        {
            path.Add(link);
            at = link.Producer;
        }

        var cycle = at is null ? path : path.SkipWhile(l => l.Consumer != at).ToList();
        var sentence = cycle.Count == 0
            ? "The run came to a standstill: no stage can go on."
            : "The run came to a standstill: " + string.Join(", ", cycle.Select(l => $"'{l.Consumer.Name}' waits for {l.Edge.From}.{l.Edge.Output}")) + ".";
        return new(
            RunCodes.Deadlock,
            cycle.Count > 0 ? cycle[0].Edge.Where : SourceSpan.None,
            sentence,
            "Put a stage that speaks first, or a delay, into the loop.");
    }
}
