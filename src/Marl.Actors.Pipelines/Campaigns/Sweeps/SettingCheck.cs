using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>
/// Binds every setting of a sweep. What is wrong with some is reported once: at the value that all of them share and no good
/// setting has, or, where values go together badly, at the first setting's.
/// </summary>
internal static class SettingCheck
{
    public static void Run(SweepFile file, Sweep sweep, Func<BindingOverrides, Result<Graph>> bind, Findings findings)
    {
        var failures = new Dictionary<(string Code, SourceSpan Where), List<(SweepSetting Setting, Diagnostic Finding)>>();
        foreach (var setting in sweep.Settings)
        {
            var bound = bind(new() { Parameters = [.. sweep.Fixed, .. sweep.Parameters.Zip(setting.Values)], StopSteps = sweep.StopSteps });
            foreach (var finding in bound.Diagnostics.Where(d => d.Severity == Severity.Error))
            {
                var key = (finding.Code, finding.Where);
                failures.TryAdd(key, []);
                failures[key].Add((setting, finding));
            }
        }

        foreach (var failed in failures.Values)
        {
            Report(file, sweep, failed, findings);
        }
    }

    private static void Report(SweepFile file, Sweep sweep, List<(SweepSetting Setting, Diagnostic Finding)> failed, Findings findings)
    {
        var settings = failed.Select(f => f.Setting).ToHashSet();
        for (var axis = 0; axis < file.Grid.Count; axis++)
        {
            var blamed = settings.Select(s => s.Values[axis]).ToHashSet();
            if (sweep.Settings.All(s => settings.Contains(s) == blamed.Contains(s.Values[axis])))
            {
                foreach (var value in file.Grid[axis].Values.Where(v => blamed.Contains(v.Value)))
                {
                    var finding = failed.First(f => f.Setting.Values[axis] == value.Value).Finding;
                    findings.Add([Told(finding, value.Where, $"With {file.Grid[axis].Parameter}={value}")]);
                }

                return;
            }
        }

        var (first, told) = failed[0];
        var where = file.Sample?.Axes is [var drawn, ..] ? drawn.Parameter.Where : file.Grid[0].Values.First(v => v.Value == first.Values[0]).Where;
        var more = failed.Count == 1 ? "" : $" (and in {Words.Count(failed.Count - 1, "more setting")})";
        findings.Add([Told(told, where, $"With {string.Join(", ", sweep.Parameters.Zip(first.Values, (name, value) => $"{name}={value}"))}{more}")]);
    }

    private static Diagnostic Told(Diagnostic finding, SourceSpan where, string setting) =>
        new(SweepCodes.SettingRefused, where, $"{setting} the pipeline does not compile: {finding.Sentence}", finding.Remedy)
        {
            Related = [new("Found at", finding.Where), .. finding.Related],
        };
}
