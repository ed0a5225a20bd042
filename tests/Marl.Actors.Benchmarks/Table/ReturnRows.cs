using Marl.Actors.Benchmarks.Machines;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>
/// Seconds from the start of the process until an evaluation of <c>mappo-spread</c> (320 episodes, sampled actions) has a mean
/// return that high, by seeds. The learning rate falls over the five million steps of the file; evaluations come every 10 updates.
/// </summary>
internal static class ReturnRows
{
    private const long EvaluateEvery = 32_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var reports = new List<ProbeReport>();
        for (var seed = 1; seed <= scale.Repetitions; seed++)
        {
            reports.Add(await Probe.AskAsync(new(PipelineFiles.MappoSpread, scale.Steps(5_000_000, 6_400), seed, scale.Steps(EvaluateEvery, 3_200), Until: scale.IsQuick ? null : -30)));
        }

        var ofSeeds = $"seeds 1..{scale.Repetitions}, evaluated every {EvaluateEvery:#,0} steps";
        return
        [
            RowOf(reports, scale.IsQuick ? -1_000 : -30, 20, $"{ofSeeds}; the yardstick takes about 65 s"),
            RowOf(reports, scale.IsQuick ? -1_000 : -54, 3, $"{ofSeeds}; EPyMARL stands there after 500,000 steps and about 500 s"),
        ];
    }

    private static Row RowOf(IReadOnlyList<ProbeReport> reports, double mean, double bar, string note)
    {
        var what = $"mappo-spread to a return of {mean}";
        var reached = reports.Select(r => r.Reached(mean)).OfType<double>().ToArray();
        return reached.Length < reports.Count
            ? Row.Failed(what, $"{reports.Count - reached.Length} of {reports.Count} seeds did not get there")
            : Row.AtMost(what, Spread.Of(reached).Median, bar, Spread.Of(reached).Show("0.0") + " s", " s", note);
    }
}
