using Marl.Actors.Benchmarks.Actors;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>What a step of one agent costs with few and with a thousand agents in team navigation, one actor an agent, one core.</summary>
internal static class AgentRows
{
    private const int Few = 9;       // the field is square
    private const int Many = 1_024;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var (few, many) = (await CostAsync(scale, Few), await CostAsync(scale, scale.IsQuick ? 16 : Many));
        return
        [
            Row.AtMost($"an agent's step among {Many:#,0} over one among {Few}: world, messages, acting", many.Acting.Median / few.Acting.Median, 1.5, $"{many.Acting.Median / few.Acting.Median:0.00}", " times", $"{few.Acting.Show("0")} and {many.Acting.Show("0")} ns in team-navigation, 16 copies, one actor an agent, one core"),
            Row.AtMost("the same of the world alone, with what all agents see", many.World.Median / few.World.Median, 1.5, $"{many.World.Median / few.World.Median:0.00}", " times", $"{few.World.Show("0")} and {many.World.Show("0")} ns"),
        ];
    }

    private static Task<ScaleReport> CostAsync(Scale scale, int agents) =>
        Child.AskAsync<ScaleRequest, ScaleReport>(AgentScale.Word, new(agents, scale.Steps(5_000_000, 10_000), scale.Repetitions, scale.Seconds(1)), isOnOneCore: true);
}
