using Marl.Actors.Learning.Mixers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>QMIX with feed-forward agents on simple-spread; an update of 32 whole episodes for every episode, as EPyMARL's runner has it.</summary>
internal static class QmixRows
{
    private const double EpyMarl = 980;
    private const int Sampled = 32; // transitions learned from for every step done
    private const int Agents = 3;
    private const int Width = 18;

    private static readonly NetworkSpec Agent = new(Width, [64, 64], 5, Activation.Relu);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var rate = Floor.Rate(Environment.ProcessorCount, scale);
        var file = PipelineFiles.Own("qmix-spread.yaml");
        var speed = await scale.OftenAsync(async i =>
        {
            var report = await Probe.AskAsync(new(file, scale.Steps(200_000, 1_200), Seed: 1 + i));
            return report.Steps / report.Seconds;
        });
        var flops = (Agents * Floor.Forward(Agent)) + (Sampled * Floor.Qmix(Agent, new(Agents, 6 * Agents, 32, [64])));
        return [Row.AtLeast("QMIX on simple-spread, feed-forward, EPyMARL's update ratio", speed.Median, 10 * EpyMarl, speed.Show("#,0"), " steps/s", $"EPyMARL {EpyMarl:#,0} as recorded, with recurrent agents and the observations as state; memory saved at the end only; {Floor.Words(flops, rate, speed.Median)}")];
    }
}
