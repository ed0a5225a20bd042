using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;

namespace Marl.Actors.Exploring;

/// <summary>
/// Runs a pipeline under many schedules and the faults each draws, and holds every edge and all weights, bit for bit,
/// against a run without faults.
/// </summary>
public static class Explorer
{
    private const long Reference = 0; // the same schedule for every seed, so that one seed alone repeats what it did among others

    /// <summary>Explores until the seeds are done, somebody stops it, or a schedule violates something.</summary>
    public static Result<ExploreReport> Run(ExploreRequest request)
    {
        var loaded = Experiment.Load(request.Path, request.Catalog, request.Overrides);
        if (!loaded.IsSuccess)
        {
            return Result.Failure<ExploreReport>(loaded.Diagnostics);
        }

        var graph = loaded.Value;
        if (FaultInjection.Unknown(request.Faults, graph) is { Count: > 0 } unknown)
        {
            return Result.Failure<ExploreReport>(unknown);
        }

        var (expected, outcome) = Digests(graph, Reference, faults: null, request.Stop);
        return outcome.Ending == RunEnding.Failed
            ? Result.Failure<ExploreReport>(outcome.Failures)
            : Result.Success(Run(request, graph, expected));
    }

    private static ExploreReport Run(ExploreRequest request, Graph graph, Digest[] expected)
    {
        var report = new ExploreReport(0, 0, long.MaxValue, 0, []);
        for (var seed = request.From; seed < request.From + request.Seeds && !request.Stop.IsCancellationRequested; seed++)
        {
            var faults = new FaultInjection(request.Faults);
            var (found, outcome) = Digests(graph, seed, faults, request.Stop);
            if (outcome.Ending == RunEnding.Stopped)
            {
                break; // half a run is like no other
            }

            var remedy = $"Repeat it with: {request.Reproduce(seed)}";
            report = new(
                report.Seeds + 1,
                report.Messages + faults.Messages,
                Math.Min(report.FewestMessages, faults.Messages),
                report.Faults + faults.Injected,
                faults.Violations.Concat(outcome.Failures).Concat(Differences(expected, found, seed)).Select(v => v with { Remedy = remedy }).ToValues());
            request.Progress?.Invoke(report);
            if (report.Violations.Count > 0)
            {
                break;
            }
        }

        return report;
    }

    private static IEnumerable<Diagnostic> Differences(Digest[] expected, Digest[] found, long seed) => expected
        .Zip(found)
        .Where(pair => pair.First.Value != pair.Second.Value)
        .Select(pair => new Diagnostic(ExploreCodes.Differs, pair.First.Where, $"{pair.First.Name}: schedule {seed} gives other bits than a run without faults.", ""));

    private static (Digest[] Digests, RunOutcome Outcome) Digests(Graph graph, long seed, FaultInjection? faults, CancellationToken stop)
    {
        using var recorder = new TraceRecorder();
        var weights = new WeightsObserver();
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = weights, Trace = recorder, Stop = stop }, seed, faults);
        var edges = recorder.Trace(outcome.EnvironmentSteps, []).Edges
            .Zip(graph.Edges, (traced, edge) => new Digest(traced.Name, edge.Where, traced.Digest));
        return ([.. edges, new("the weights", SourceSpan.Whole(graph.Name), weights.Digest)], outcome);
    }

    private sealed record Digest(string Name, SourceSpan Where, string Value);

    private sealed class WeightsObserver : IRunObserver
    {
        private readonly PolicyCollector collector = new();

        public string Digest => string.Join(' ', collector.Policies.Select(p => $"{p.Spec.Group} {TraceDigest.Of(p.Parameters)}"));

        public bool Wants(Node node, OutputPort port) => PolicyCollector.Wants(node, port);

        public void Observe(Node node, OutputPort port, int peer, Message message) => collector.Add(node, port, peer, message);
    }
}
