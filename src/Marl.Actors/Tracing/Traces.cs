using System.Text;
using Marl.Actors.Clustering;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tracing;

namespace Marl.Actors.Tracing;

/// <summary>Takes traces of pipelines. Nothing is written: no results' folder, no checkpoints.</summary>
public static class Traces
{
    /// <summary>Runs a pipeline file and gives what flowed along its edges.</summary>
    public static Task<Result<Trace>> TakeAsync(TraceRequest request)
    {
        var loaded = Experiment.Load(request.Path, request.Catalog, request.Overrides);
        return loaded.IsSuccess ? TakeAsync(loaded.Value, request) : Task.FromResult(Result.Failure<Trace>(loaded.Diagnostics));
    }

    /// <summary>Runs a graph built in code and gives what flowed along its edges.</summary>
    public static async Task<Result<Trace>> TakeAsync(Graph graph, TraceRequest request)
    {
        if (request.Interpretation.Problem is { } problem)
        {
            return Result.Failure<Trace>(problem);
        }

        var part = graph with { StopSteps = request.Steps ?? 2L * graph.Iteration * graph.Copies };
        using var recorder = new TraceRecorder(request.IsFull);
        var weights = new WeightsObserver();
        var opened = await request.Interpretation.OpenAsync(
            request.Catalog, part, () => Sources.Of(request.Path, request.Catalog, request.Overrides with { StopSteps = part.StopSteps }), new PassingClaims());
        if (!opened.IsSuccess)
        {
            return Result.Failure<Trace>(opened.Diagnostics);
        }

        await using var carrier = opened.Value;
        var outcome = await carrier.RunAsync(part, new() { Observer = weights, Trace = recorder, Stop = request.Stop });
        return outcome.Ending switch
        {
            RunEnding.Failed => Result.Failure<Trace>(outcome.Failures),
            RunEnding.Interrupted => Result.Failure<Trace>(new Diagnostic(
                ClusterCodes.Interrupted, SourceSpan.Whole(graph.Name), $"{string.Join(", ", outcome.Lost)} was lost while the trace was taken.", "Take it again.")),
            _ => Result.Success(recorder.Trace(outcome.EnvironmentSteps, weights.Policies)),
        };
    }

    /// <summary>Reads a trace's document.</summary>
    public static Result<Trace> Read(string path) => WholeFile.Read(path).Then(bytes => TraceReader.Read(Encoding.UTF8.GetString(bytes), path));

    private sealed class WeightsObserver : IRunObserver
    {
        private readonly PolicyCollector collector = new();

        public Values<TracePolicy> Policies => collector.Policies
            .Select(p => new TracePolicy(
                p.Spec.Group,
                collector.Version,
                TraceField.Of("parameters", $"{p.Parameters.Length}", p.Parameters),
                TraceDigest.Of(p.Parameters)))
            .ToValues();

        public bool Wants(Node node, OutputPort port) => PolicyCollector.Wants(node, port);

        public void Observe(Node node, OutputPort port, int peer, Message message) => collector.Add(node, port, peer, message);
    }
}
