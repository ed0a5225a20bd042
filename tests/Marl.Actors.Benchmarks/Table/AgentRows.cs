using Marl.Actors.Benchmarks.Actors;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>What a step of one agent costs with few and with a thousand agents in team navigation, one actor an agent, one core.</summary>
internal static class AgentRows
{
    private const int Few = 9;       // the field is square
    private const int Many = 1_024;
    private const int Copies = 64;   // as the pipeline's file says
    private const int FewCopies = 16;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var (few, many, ratio) = await CostsAsync(scale, Copies);
        var (fewOfLess, manyOfLess, ratioOfLess) = await CostsAsync(scale, FewCopies);
        var world = many.World.Median / few.World.Median;
        return
        [
            Row.AtMost($"an agent's step among {Many:#,0} over one among {Few}: world, messages, acting", ratio, 1.5, $"{ratio:0.00}", " times", $"{few.Acting.Show("0")} and {many.Acting.Show("0")} ns in team-navigation, {Copies} copies, one actor an agent, one core"),
            Row.Plain($"the same with {FewCopies} copies", $"{ratioOfLess:0.00}", $"{fewOfLess.Acting.Show("0")} and {manyOfLess.Acting.Show("0")} ns: an actor's turn is shared by fewer rows"),
            Row.AtMost("the same of the world alone, with what all agents see", world, 1.5, $"{world:0.00}", " times", $"{few.World.Show("0")} and {many.World.Show("0")} ns, {Copies} copies; among {Few} most stand at a border and have fewer around them"),
        ];
    }

    private static async Task<(ScaleReport Few, ScaleReport Many, double Ratio)> CostsAsync(Scale scale, int copies)
    {
        var (few, many) = (await CostAsync(scale, Few, copies), await CostAsync(scale, scale.IsQuick ? 16 : Many, copies));
        return (few, many, many.Acting.Median / few.Acting.Median);
    }

    // The pools of a thousand agents fill in the first rollouts: fewer steps would mostly measure that.
    private static Task<ScaleReport> CostAsync(Scale scale, int agents, int copies) => Child.AskAsync<ScaleRequest, ScaleReport>(
        AgentScale.Word, new(agents, copies, scale.Steps(20_000_000, 10_000), scale.Repetitions, scale.Seconds(1.5)), isOnOneCore: true);
}
