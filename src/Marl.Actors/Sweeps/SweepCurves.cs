using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;

namespace Marl.Actors.Sweeps;

/// <summary>Draws <c>learning-curves.png</c>: the best settings, each the mean over its seeds.</summary>
internal static class SweepCurves
{
    private const int Most = 6; // colours that can be told apart

    public static Result<long> Write(SweepFolder folder, SweepReport report)
    {
        var best = report.Scores.Where(s => s.Returns.Count > 0).Take(Most).ToList();
        if (best.Count == 0)
        {
            return Result.Success(0L);
        }

        var name = report.Sweep.Name;
        return new LearningCurvePlot
        {
            Title = report.Sweep.Settings.Count > Most ? $"{name}, the best {best.Count} of {report.Sweep.Settings.Count} settings" : name,
            Returns = $"mean return ({report.Convention?.Name()})",
            Curves = [.. best.Select(s => Curve(s, report))],
        }.Save(folder.LearningCurves);
    }

    private static LearningCurve Curve(SettingScore score, SweepReport report)
    {
        var tables = report.Outcomes
            .Where(o => o.Trial.Setting == score.Setting && o.Score is not null)
            .Select(o => EvaluationTable.Read(new RunFolder(o.Folder).EvaluationTable).Match(rows => rows, _ => []))
            .Where(rows => rows.Count > 0)
            .Select(rows => (IReadOnlyList<EvaluationRow>)rows)
            .ToList();
        return LearningCurve.OfSeeds(SweepTable.Words(report.Sweep, score.Setting), tables);
    }
}
