using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Clustering;

/// <summary>What carries a run: this process, or a cluster that outlives the loss of its nodes.</summary>
internal interface IRunCarrier : IAsyncDisposable
{
    /// <summary>Runs until the end, or until nodes are lost; then it may be called again, with the newest checkpoint.</summary>
    Task<RunOutcome> RunAsync(Graph graph, RunOptions options);
}

/// <summary>This process.</summary>
internal sealed class InProcess(Interpretation interpretation) : IRunCarrier
{
    public Task<RunOutcome> RunAsync(Graph graph, RunOptions options) => interpretation.RunAsync(graph, options);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
