using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
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

/// <summary>Checks a file of any kind: pipeline, part, sweep, bars, fault plan. For editors, builds and <c>marl check</c>.</summary>
public static class FileCheck
{
    /// <summary>Reads a file, sees by its first key what it is, and finds all that is wrong with it.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What is said in a pipeline's place; other files take no overrides.</param>
    /// <returns>What the file is, with warnings; or everything that is wrong.</returns>
    public static Result<FileVerdict> Run(string path, ComponentCatalog catalog, BindingOverrides? overrides = null)
    {
        var source = TextSource.Read(path);
        return FileKinds.Of(source.Root) switch
        {
            FileKind.Bars => BarsReader.Bars(source, mustExist: true).Map(bars => new FileVerdict(FileKind.Bars, Binding.Words.Count(bars.Count, "bar"))),
            FileKind.Part => PartReader.Model(source).Then(part => PartBinder.Check(part, catalog).Map(stages => new FileVerdict(FileKind.Part, Words(part, stages)))),
            FileKind.FaultPlan => FaultPlanReader.Plan(source).Map(plan => new FileVerdict(FileKind.FaultPlan, Binding.Words.Count(plan.Faults.Count, "fault"))),
            _ => PipelineReader.Model(source)
                .Then(file => PipelineBinder.Bind(file, catalog, overrides ?? BindingOverrides.None))
                .Map(graph => new FileVerdict(FileKind.Pipeline, Words(graph)) { Graph = graph }),
        };
    }

    private static string Words(PartFile part, Values<string> stages) =>
        $"{Binding.Words.Count(stages.Count, "stage")}, {Binding.Words.Count(part.Inputs.Count, "input")}, {Binding.Words.Count(part.Outputs.Count, "output")}";

    private static string Words(Graph graph) =>
        $"{graph.Nodes.Sum(n => n.Instances.Count)} actors, {graph.Edges.Count} edges, {(graph.IsDeterminate ? "determinate" : "not determinate")}";
}
