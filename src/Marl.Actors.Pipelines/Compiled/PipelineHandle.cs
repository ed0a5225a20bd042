using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>
/// A pipeline of a project, with values for its parameters. The build writes one such record for each pipeline file:
/// <code>
/// var graph = new Pipelines.MappoSpread(Agents: 4).Load(BuiltIn.Catalog);
/// </code>
/// </summary>
public abstract record PipelineHandle
{
    /// <summary>The pipeline's name.</summary>
    public abstract string PipelineName { get; }

    /// <summary>The compiled pipeline, relative to the program: <c>pipelines/mappo-spread.json</c>.</summary>
    public abstract string CompiledFile { get; }

    /// <summary>The full path of the compiled pipeline, beside the running program.</summary>
    public string FullPath => Path.Combine(AppContext.BaseDirectory, CompiledFile);

    /// <summary>The parameters that have other values than the file gives them.</summary>
    public BindingOverrides Overrides => new()
    {
        Parameters = Parameters.Where(p => !Equals(p.Value, p.Default)).Select(p => (p.Name, OptionText.Write(p.Value))).ToValues(),
    };

    /// <summary>All parameters: the name in the file, the value here, and the file's default.</summary>
    protected abstract IEnumerable<(string Name, object Value, object Default)> Parameters { get; }

    /// <summary>The checked graph.</summary>
    /// <param name="catalog">The built-in components and the program's own.</param>
    public Result<Graph> Load(ComponentCatalog catalog) => CompiledPipeline.Load(FullPath, catalog, Overrides);
}
