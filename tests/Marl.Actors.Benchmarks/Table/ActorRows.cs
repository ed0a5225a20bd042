using Marl.Actors.Benchmarks.Actors;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>Acting through the graph of actors over the same in a plain loop, both on one core.</summary>
internal static class ActorRows
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var rows = new List<Row>();
        foreach (var (copies, bar) in new[] { (256, 1.05), (8, 1.5) })
        {
            var cost = await Child.AskAsync<ActorRequest, ActorReport>(ActorCost.Word, new(copies, scale.Steps(2_000_000, 2_000), scale.Repetitions), isOnOneCore: true);
            rows.Add(Row.AtMost(
                $"actors over a plain loop, acting in simple-spread, {copies} copies, one core", cost.Ratio.Median, bar, $"{cost.Ratio.Median:0.000}", " times",
                $"plain {cost.Plain.Median / 1e6:0.00}, actors {cost.Actors.Median / 1e6:0.00} M steps/s; by processor time {cost.Processor:0.000}"));
        }

        return rows;
    }
}
