using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Text;
using Findings = Marl.Actors.Pipelines.Binding.Findings;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>Holds a sweep against its pipeline: each value by the type and range of its parameter, each setting by binding it.</summary>
public static class SweepBinder
{
    /// <summary>Reads and checks a sweep file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="catalog">What its pipeline may name.</param>
    /// <param name="overrides">What the command line says of all its runs: parameters that are not swept, steps, one seed.</param>
    public static Result<Sweep> Load(string path, ComponentCatalog catalog, BindingOverrides overrides) =>
        SweepReader.Read(path).Then(file => Bind(file, catalog, overrides));

    /// <summary>The sweep, or everything that is wrong: with the pipeline first, then with values, then with settings.</summary>
    /// <param name="file">The model.</param>
    /// <param name="catalog">What its pipeline may name.</param>
    /// <param name="overrides">What the command line says of all its runs: parameters that are not swept, steps, one seed.</param>
    public static Result<Sweep> Bind(SweepFile file, ComponentCatalog catalog, BindingOverrides overrides)
    {
        overrides = overrides with { StopSteps = overrides.StopSteps ?? file.Steps?.Value };
        if (!File.Exists(file.PipelinePath))
        {
            return Fail(SweepCodes.PipelineNotFound, file.Of, $"There is no file '{file.PipelinePath}'.", TextFile.Neighbours(file.PipelinePath));
        }

        var pipeline = PipelineReader.Read(file.PipelinePath).Map(PartExpansion.Of);
        Values<string> swept = [.. file.Grid.Select(a => a.Parameter.Value), .. file.Sample?.Axes.Select(a => a.Parameter.Value) ?? []];
        var common = overrides with { Parameters = overrides.Parameters.Where(p => !swept.Contains(p.Name)).ToValues() };
        var whole = pipeline.Then(p => PipelineBinder.Bind(p, catalog, common));
        if (!whole.IsSuccess)
        {
            return Result.Failure<Sweep>(whole.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => UsedBy(file, d)));
        }

        var findings = new Findings();
        var axes = new SweepAxes(pipeline.Value.File, findings);
        axes.Check(file, overrides);
        CheckMeasured(file, whole.Value, overrides, findings);
        var settings = findings.HasErrors ? [] : SweepSettings.Of(file, axes.IsWhole);
        var sweep = new Sweep(
            file.Name.Value,
            whole.Value.Name,
            file.PipelinePath,
            swept,
            settings,
            overrides.Seed is { } seed ? [seed] : file.Seeds ?? [whole.Value.Seed],
            overrides.StopSteps,
            common.Parameters);
        SettingCheck.Run(file, sweep, overriding => PipelineBinder.Bind(pipeline.Value, catalog, overriding), findings);
        return Result.Of(sweep, findings.All);
    }

    /// <summary>Settings are compared by what they have learned, so each run must be measured after it has.</summary>
    private static void CheckMeasured(SweepFile file, Graph graph, BindingOverrides overrides, Findings findings)
    {
        if (graph.Evaluation is not { } rule)
        {
            findings.Error(
                SweepCodes.NoEvaluation, file.Of.Where, $"Pipeline '{graph.Name}' does not evaluate, so its settings cannot be compared.", "Add evaluate: { every: 100_000, episodes: 32 } to it.");
            return;
        }

        var iteration = (long)graph.Iteration * graph.Copies;
        if (graph.VectorSteps / graph.Iteration < rule.Updates(iteration))
        {
            findings.Error(
                SweepCodes.NothingMeasured,
                overrides.StopSteps == file.Steps?.Value ? file.Steps?.Where ?? file.Of.Where : BindingOverrides.Where,
                $"Each run ends after {graph.StopSteps} environment steps, but the first evaluation of something learned comes after {rule.Updates(iteration) * iteration}.",
                "Let the runs be longer, or evaluate more often.");
        }
    }

    private static Diagnostic UsedBy(SweepFile file, Diagnostic finding) =>
        finding.Where == BindingOverrides.Where ? finding : finding with { Related = [.. finding.Related, new("Used at", file.Of.Where)] };

    private static Result<Sweep> Fail(string code, Located<string> at, string sentence, string remedy) =>
        Result.Failure<Sweep>(new Diagnostic(code, at.Where, UserText.Shown(sentence), UserText.Shown(remedy)));
}
