using System.Diagnostics.Metrics;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>
/// A run's figures as metrics that OpenTelemetry and dotnet-counters collect, under <see cref="Name"/>: tokens and bytes by edge,
/// staleness, environment steps, epoch, nodes that host it and that it has lost. Nobody listening costs nothing.
/// </summary>
internal sealed class RunMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Marl.Actors.Cluster";

    private readonly Meter meter = new(Name);
    private volatile RunReport? latest;

    public RunMeter()
    {
        meter.CreateObservableCounter("marl.edge.messages", () => ByEdge(e => e.Messages), "{token}", "Tokens sent along an edge in this epoch.");
        meter.CreateObservableCounter("marl.edge.bytes", () => ByEdge(e => e.Bytes), "By", "Bytes of floats sent along an edge in this epoch.");
        meter.CreateObservableGauge("marl.edge.lag", () => ByEdge(e => e.Lag, e => e.Lag >= 0), "{version}", "Versions by which weights lag at a consumer, or that rollouts and gradients are old.");
        meter.CreateObservableGauge("marl.run.steps", () => Of(r => r.Steps), "{step}", "Environment steps at the last boundary.");
        meter.CreateObservableGauge("marl.run.epoch", () => Of(r => r.Epoch), "{epoch}", "Attempts at the run; one more than the nodes it has lost.");
        meter.CreateObservableGauge("marl.run.nodes", () => Of(r => r.Hosts.Count), "{node}", "Nodes that host its stages.");
        meter.CreateObservableCounter("marl.run.lost", () => Of(r => r.Lost.Count), "{node}", "Nodes that it has lost.");
    }

    /// <summary>Takes the newest figures.</summary>
    public void Update(RunReport report) => latest = report;

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Of(Func<RunReport, long> figure) =>
        latest is { } run ? [new(figure(run), KeyValuePair.Create<string, object?>("pipeline", run.Pipeline))] : [];

    private IEnumerable<Measurement<long>> ByEdge(Func<EdgeReport, long> figure, Func<EdgeReport, bool>? isKnown = null) => latest is not { } run ? [] : run.Edges.Where(isKnown ?? (_ => true)).Select(e => new Measurement<long>(
        figure(e), KeyValuePair.Create<string, object?>("pipeline", run.Pipeline), KeyValuePair.Create<string, object?>("edge", e.Edge)));
}
