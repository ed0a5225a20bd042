using Marl.Actors.Core.Results;
using Marl.Actors.Logging;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;

namespace Marl.Actors.Clustering;

/// <summary>Nodes of a cluster, for programs: <c>marl node</c> is a thin layer over this.</summary>
public static class Nodes
{
    /// <summary>Takes part in a cluster until asked to stop, or until the cluster has no place for it any more.</summary>
    public static async Task<Result<NodeEnding>> RunAsync(NodeRequest request)
    {
        using var logging = request.Log is { } file ? RunLog.ToFile(file) : null;
        var started = await ClusterNode.StartAsync(logging is null ? request.Options : request.Options with { Logging = logging }, Loader(request.Catalog), request.Stop);
        if (!started.IsSuccess)
        {
            // Whoever starts workers and dies must not leave them behind, waiting for a cluster that is gone.
            return request.Stop.IsCancellationRequested ? Result.Success(NodeEnding.Left) : Result.Failure<NodeEnding>(started.Diagnostics);
        }

        await using var node = started.Value;
        request.Joined?.Invoke(node.Address);
        var asked = new TaskCompletionSource();
        await using var stop = request.Stop.Register(asked.SetResult);
        var first = await Task.WhenAny(node.Left, asked.Task);
        return Result.Success(first == asked.Task ? NodeEnding.Left : NodeEnding.GivenUp);
    }

    /// <summary>Compiles what a leader sends with the components of this process.</summary>
    internal static Func<PipelineSource, Result<Graph>> Loader(ComponentCatalog catalog) =>
        source => CompiledPipeline.Parse(source.Compiled, "pipeline of the leader", catalog, source.Overrides);
}
