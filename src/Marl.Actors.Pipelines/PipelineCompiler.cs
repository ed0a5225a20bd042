using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines;

/// <summary>The compiler: pipeline file → checked graph.</summary>
public static class PipelineCompiler
{
    /// <summary>Reads and binds a pipeline file, or one that a build has compiled (<c>.json</c>).</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What the command line says in the file's place.</param>
    /// <returns>The graph with warnings, or all that is wrong: with the text first, with names, types and rates once it can be read.</returns>
    public static Result<Graph> Load(string path, ComponentCatalog catalog, BindingOverrides overrides) =>
        path.EndsWith(CompiledPipeline.Extension, StringComparison.OrdinalIgnoreCase)
            ? CompiledPipeline.Load(path, catalog, overrides)
            : PipelineReader.Read(path).Then(file => PipelineBinder.Bind(file, catalog, overrides));

    /// <summary>The same, from text in memory.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What the command line says in the file's place.</param>
    public static Result<Graph> LoadText(string text, string fileName, ComponentCatalog catalog, BindingOverrides overrides) =>
        PipelineReader.Parse(text, fileName).Then(file => PipelineBinder.Bind(file, catalog, overrides));
}
