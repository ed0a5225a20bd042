using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Notes;

namespace Marl.Actors.Clustering;

/// <summary>Makes pipelines ready to travel.</summary>
internal static class Sources
{
    /// <summary>A pipeline file, compiled; or one that a build has compiled, as it is.</summary>
    public static Result<PipelineSource> Of(string path, ComponentCatalog catalog, BindingOverrides overrides)
    {
        if (!File.Exists(path))
        {
            return Result.Failure<PipelineSource>(new Diagnostic(
                ClusterCodes.NotOnCluster, SourceSpan.Whole(path), "A graph that was built in code can't be sent to other nodes.", "Write it as a pipeline file, or run it in one process."));
        }

        if (path.EndsWith(CompiledPipeline.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return WholeFile.Read(path).Map(bytes => new PipelineSource(bytes, overrides));
        }

        var found = FileCheck.Examine(path, catalog);
        return found.Verdict.Map(_ => new PipelineSource(CompiledPipeline.Write(found), overrides));
    }
}
