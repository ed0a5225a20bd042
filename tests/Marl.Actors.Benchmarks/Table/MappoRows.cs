using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>Environment steps a second of <c>mappo-spread</c>, from the start of the process to the last update, evaluations included.</summary>
internal static class MappoRows
{
    private const int Agents = 3;
    private const int Width = 18; // floats an agent sees, and a critic of it
    private const double EpyMarl = 1_200;

    private static readonly NetworkSpec Policy = new(Width, [64, 64], 5, Activation.Relu);
    private static readonly NetworkSpec Critic = new(Width, [64, 64], 1, Activation.Relu);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var rate = Floor.Rate(Environment.ProcessorCount, scale);
        var yardstick = Yardstick.Measure(scale);
        var ten = await scale.OftenAsync(i => OnceAsync(PipelineFiles.MappoSpread, scale, i));
        var four = await scale.OftenAsync(i => PipelineFiles.WithAsync(PipelineFiles.MappoSpread, "epochs: 10", "epochs: 4", file => OnceAsync(file, scale, i)));
        return
        [
            Row.AtLeast("mappo-spread as committed (10 epochs), end to end", ten.Median, 100_000, ten.Show("#,0"), " steps/s", Floor.Words(Agents * Floor.Ppo(Policy, Critic, 10), rate, ten.Median)),
            Row.AtLeast("the same over the NumPy and PyTorch yardstick", ten.Median / yardstick.StepsPerSecond, 3.5, $"{ten.Median / yardstick.StepsPerSecond:0.00}", " times", $"yardstick {yardstick.StepsPerSecond:#,0} steps/s, {yardstick.Source}"),
            Row.Plain("the same over EPyMARL's IPPO and MAPPO", $"{ten.Median / EpyMarl:0} times", $"{EpyMarl:#,0} steps/s as recorded; theirs are recurrent by default, 4 epochs"),
            Row.AtLeast("mappo-spread with 4 epochs", four.Median, 160_000, four.Show("#,0"), " steps/s", Floor.Words(Agents * Floor.Ppo(Policy, Critic, 4), rate, four.Median)),
        ];
    }

    private static async Task<double> OnceAsync(string file, Scale scale, int repetition)
    {
        var report = await Probe.AskAsync(new(file, scale.Steps(5_000_000, 6_400), Seed: 1 + repetition));
        return report.Steps / report.Seconds;
    }
}
