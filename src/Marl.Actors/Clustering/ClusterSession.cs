using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Runs;
using Microsoft.Extensions.Logging;

namespace Marl.Actors.Clustering;

/// <summary>A run's hold on a cluster: this process as a node, its workers if it has any, and one epoch after another.</summary>
internal sealed class ClusterSession : IRunCarrier
{
    private const int MostFruitless = 10;

    private readonly ClusterChoice choice;
    private readonly ClusterNode node;
    private readonly WorkerProcesses? workers;
    private readonly PipelineSource source;
    private readonly IClaims claims;
    private long furthest = -1;
    private int fruitless;
    private Values<string> lost = [];

    private ClusterSession(ClusterChoice choice, ClusterNode node, WorkerProcesses? workers, PipelineSource source, IClaims claims)
    {
        this.choice = choice;
        this.node = node;
        this.workers = workers;
        this.source = source;
        this.claims = claims;
    }

    /// <summary>Joins the cluster, or begins one with workers of its own.</summary>
    /// <param name="interpretation">Where the processes are.</param>
    /// <param name="catalog">What pipelines may name.</param>
    /// <param name="graph">What is run.</param>
    /// <param name="source">The same as it travels.</param>
    /// <param name="claims">Numbers its epochs.</param>
    /// <param name="logging">Where the actors' log goes; null discards it.</param>
    public static async Task<Result<IRunCarrier>> OpenAsync(
        Interpretation interpretation, ComponentCatalog catalog, Graph graph, PipelineSource source, IClaims claims, ILoggerFactory? logging)
    {
        var choice = interpretation.Cluster!;
        var options = new NodeOptions
        {
            Listen = choice.Listen,
            Join = choice.Join,
            Roles = ["submit"],
            Vigilance = choice.Vigilance,
            Patience = choice.Patience,
            Threads = interpretation.Threads,
            Logging = logging,
            Credentials = choice.Credentials,
            IsInsecure = choice.IsInsecure,
            Told = finding => choice.Told?.Invoke($"{finding}"),
        };
        var node = await ClusterNode.StartAsync(options, Nodes.Loader(catalog));
        return node.Map<IRunCarrier>(started => new ClusterSession(
            choice, started, choice.Processes > 0 ? WorkerProcesses.Start(choice, graph, started) : null, source, claims));
    }

    public async Task<RunOutcome> RunAsync(Graph graph, RunOptions options)
    {
        var reached = options.Resume?.EnvironmentSteps ?? 0;
        fruitless = reached > furthest ? 0 : fruitless + 1;
        furthest = reached;
        var claim = claims.Next();
        if (!claim.IsSuccess || fruitless > MostFruitless)
        {
            return new(RunEnding.Failed, reached, claim.IsSuccess ? [Fruitless(graph)] : claim.Diagnostics, null);
        }

        if (workers?.Problem is { } problem)
        {
            return new(RunEnding.Failed, reached, [problem], null);
        }

        var recruiting = Recruiting.Standard with
        {
            Expected = choice.Processes,
            Patience = choice.Patience,
            Settling = workers is null ? Recruiting.Standard.Settling : TimeSpan.FromMilliseconds(100),
        };
        var outcome = await ClusterInterpreter.RunAsync(node, graph, source, claim.Value, recruiting, lost, options with { MayCommit = () => claims.Problem(claim.Value) });
        if (outcome.Ending == RunEnding.Interrupted)
        {
            lost = [.. lost, .. outcome.Lost];
            foreach (var worker in workers is null ? [] : outcome.Lost)
            {
                workers!.End(worker);
            }

            choice.Told?.Invoke($"lost {string.Join(", ", outcome.Lost)} in epoch {claim.Value.Epoch}; going on from the newest checkpoint");
        }

        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (workers is not null)
        {
            await workers.DisposeAsync();
        }

        await node.DisposeAsync();
    }

    private Diagnostic Fruitless(Graph graph) => new(
        ClusterCodes.NoProgress,
        SourceSpan.Whole(graph.Name),
        $"{MostFruitless} epochs in a row lost nodes before they could save anything.",
        "Look into the logs of the nodes; save more often, or be more patient with silence.");
}
