using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines;

/// <summary>What a good file is.</summary>
/// <param name="Kind">Which kind of file.</param>
/// <param name="Words">What it holds, in a few words: <c>7 actors, 7 edges, determinate</c>.</param>
public sealed record FileVerdict(FileKind Kind, string Words)
{
    /// <summary>The graph of a pipeline; null for files of other kinds.</summary>
    public Graph? Graph { get; init; }
}

/// <summary>What was found about a file, good or not.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">Which kind of file it says it is.</param>
/// <param name="Verdict">What the file is, with warnings; or everything that is wrong.</param>
public sealed record FileExamination(string Path, FileKind Kind, Result<FileVerdict> Verdict)
{
    /// <summary>The model of a pipeline whose text can be read, parts put in, whether or not it goes together; null for others.</summary>
    public PipelineFile? Pipeline => Expanded?.File;

    /// <summary>The files that were read, the examined one first, then the parts that stand in a pipeline, or the pipeline of a sweep.</summary>
    public IReadOnlyList<string> Files => Expanded is null
        ? Named is null ? [Path] : [Path, Named]
        : [Path, .. Expanded.File.Stages.Select(s => s.Id.Where.File).Concat(Expanded.Arguments.Select(a => a.Declaration.Name.Where.File)).Where(f => f != Path).Distinct()];

    /// <summary>The pipeline that a sweep is about.</summary>
    internal string? Named { get; init; }

    /// <summary><see cref="Pipeline"/>, with what belongs to its parts.</summary>
    internal ExpandedPipeline? Expanded { get; init; }
}

/// <summary>Checks a file of any kind: pipeline, part, sweep, bars, fault plan. For editors, builds and <c>marl check</c>.</summary>
public static class FileCheck
{
    /// <summary>Reads a file, sees by its first key what it is, and finds all that is wrong with it.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What is said in a pipeline's place; other files take no overrides.</param>
    /// <returns>What the file is, with warnings; or everything that is wrong.</returns>
    public static Result<FileVerdict> Run(string path, ComponentCatalog catalog, BindingOverrides? overrides = null) =>
        Examine(path, catalog, overrides).Verdict;

    /// <summary>The same, with the model of a pipeline, which builds go on with.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What is said in a pipeline's place; other files take no overrides.</param>
    public static FileExamination Examine(string path, ComponentCatalog catalog, BindingOverrides? overrides = null) =>
        path.EndsWith(CompiledPipeline.Extension, StringComparison.OrdinalIgnoreCase)
            ? new(path, FileKind.Pipeline, CompiledPipeline.Load(path, catalog, overrides).Map(Pipeline))
            : Examine(TextSource.Read(path), catalog, overrides);

    /// <summary>The same, of bytes in memory.</summary>
    /// <param name="bytes">What the file holds, or would.</param>
    /// <param name="fileName">Its name for diagnostics; the parts it uses are relative to its folder.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What is said in a pipeline's place; other files take no overrides.</param>
    public static FileExamination Examine(ReadOnlySpan<byte> bytes, string fileName, ComponentCatalog catalog, BindingOverrides? overrides = null) =>
        Examine(TextSource.Parse(bytes, fileName), catalog, overrides);

    private static FileExamination Examine(TextSource source, ComponentCatalog catalog, BindingOverrides? overrides)
    {
        switch (FileKinds.Of(source.Root))
        {
            case FileKind.Bars:
                return new(source.Findings.File, FileKind.Bars, BarsReader.Bars(source, mustExist: true).Map(bars => new FileVerdict(FileKind.Bars, Binding.Words.Count(bars.Count, "bar"))));
            case FileKind.Part:
                return new(source.Findings.File, FileKind.Part, PartReader.Model(source).Then(part => PartBinder.Check(part, catalog).Map(stages => new FileVerdict(FileKind.Part, Words(part, stages)))));
            case FileKind.Sweep:
                var sweepFile = SweepReader.Model(source);
                return new(source.Findings.File, FileKind.Sweep, sweepFile.Then(sweep => SweepBinder.Bind(sweep, catalog, BindingOverrides.None)).Map(sweep => new FileVerdict(FileKind.Sweep, Words(sweep))))
                {
                    Named = sweepFile.Match<string?>(sweep => sweep.PipelinePath, _ => null),
                };
            case FileKind.FaultPlan:
                return new(source.Findings.File, FileKind.FaultPlan, FaultPlanReader.Plan(source).Map(plan => new FileVerdict(FileKind.FaultPlan, Binding.Words.Count(plan.Faults.Count + plan.Crashes.Count, "fault"))));
            default:
                var model = PipelineReader.Model(source).Map(PartExpansion.Of);
                var graph = model.Then(pipeline => PipelineBinder.Bind(pipeline, catalog, overrides ?? BindingOverrides.None));
                return new(source.Findings.File, FileKind.Pipeline, graph.Map(Pipeline))
                {
                    Expanded = model.Match<ExpandedPipeline?>(pipeline => pipeline, _ => null),
                };
        }
    }

    /// <summary>The kind of file it says it is; a pipeline, if it can't be read.</summary>
    /// <param name="path">The file.</param>
    public static FileKind KindOf(string path) =>
        path.EndsWith(CompiledPipeline.Extension, StringComparison.OrdinalIgnoreCase) ? FileKind.Pipeline : FileKinds.Of(TextSource.Read(path).Root);

    private static FileVerdict Pipeline(Graph graph) => new(FileKind.Pipeline, Words(graph)) { Graph = graph };

    private static string Words(PartFile part, Values<string> stages) =>
        $"{Binding.Words.Count(stages.Count, "stage")}, {Binding.Words.Count(part.Inputs.Count, "input")}, {Binding.Words.Count(part.Outputs.Count, "output")}";

    private static string Words(Sweep sweep) =>
        $"{Binding.Words.Count(sweep.Settings.Count, "setting")}, {Binding.Words.Count(sweep.Seeds.Count, "seed")}, {Binding.Words.Count(sweep.Settings.Count * sweep.Seeds.Count, "run")} of {sweep.Pipeline}";

    private static string Words(Graph graph) =>
        $"{graph.Nodes.Sum(n => n.Instances.Count)} actors, {graph.Edges.Count} edges, {(graph.IsDeterminate ? "determinate" : "not determinate")}";
}
