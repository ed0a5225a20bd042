using Marl.Actors.Clustering;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Catalogs;
using Marl.Actors.Runtime.Cluster.Nodes;
using Xunit;

namespace Marl.Actors.Tests.Clustering;

/// <summary>Two nodes in this process, over loopback: one that learns and began the cluster, one that simulates.</summary>
public class SmallCluster : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource stop = new();
    private readonly List<Task<Result<NodeEnding>>> nodes = [];

    /// <summary>Where to join.</summary>
    public NodeAddress Address { get; private set; } = new("", 0);

    public async Task InitializeAsync()
    {
        Address = await AddAsync("learn");
        await AddAsync("simulate");
    }

    public virtual async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(nodes);
        stop.Dispose();
    }

    /// <summary>How a node differs from others.</summary>
    protected virtual NodeOptions Dressed(NodeOptions options) => options;

    /// <summary>Adds a node.</summary>
    internal async Task<NodeAddress> AddAsync(string role, ComponentCatalog? catalog = null, CancellationToken until = default)
    {
        var joined = new TaskCompletionSource<NodeAddress>();
        var leaving = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, until);
        var running = Nodes.RunAsync(new()
        {
            Options = Dressed(new() { Roles = [role], Join = nodes.Count == 0 ? null : Address, Patience = Patience }),
            Catalog = catalog ?? BuiltIn.Catalog,
            Joined = joined.SetResult,
            Stop = leaving.Token,
        });
        nodes.Add(running);
        var first = await Task.WhenAny(joined.Task, running);
        return first == running ? throw new InvalidOperationException($"{(await running).Diagnostics}") : await joined.Task;
    }
}
