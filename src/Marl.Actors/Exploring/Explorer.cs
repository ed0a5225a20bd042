using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Exploring;

/// <summary>
/// Runs a pipeline under many schedules and the faults each draws, follows every token, and holds every edge and all weights,
/// bit for bit, against a simulated run without faults. That one has the same schedule for every seed, so that one seed alone
/// repeats what it did among others.
/// </summary>
public static class Explorer
{
    /// <summary>Explores a pipeline file until the seeds are done, somebody stops it, or a schedule violates something.</summary>
    public static Result<ExploreReport> Run(ExploreRequest request) =>
        Experiment.Load(request.Path, request.Catalog, request.Overrides).Then(graph => Run(graph, request));

    /// <summary>The same with a graph built in code.</summary>
    public static Result<ExploreReport> Run(Graph graph, ExploreRequest request)
    {
        if (Problems(graph, request) is { Count: > 0 } problems)
        {
            return Result.Failure<ExploreReport>(problems);
        }

        var part = request.Overrides.StopSteps is null && request.Messages is { } messages ? Shortened(graph, messages) : graph;
        var reference = ScheduleRun.Reference(part, new(), request.Stop);
        return reference.Outcome.Ending == RunEnding.Failed
            ? Result.Failure<ExploreReport>([.. reference.Witness.Violations, .. reference.Outcome.Failures])
            : Result.Success(Run(part, request, reference));
    }

    /// <summary>The first whole iterations by which so many messages were sent in training, going by the rates of the edges.</summary>
    internal static Graph Shortened(Graph graph, long messages)
    {
        var perIteration = graph.Edges
            .Where(e => graph[e.From].Purpose == Purpose.Training && graph[e.To].Purpose == Purpose.Training)
            .Sum(e => (e.Rate?.ToDouble() ?? 0) * graph.Iteration * e.Links(graph).Count());
        var steps = (long)Math.Ceiling(messages / Math.Max(1, perIteration)) * graph.Iteration * graph.Copies;
        return graph with { StopSteps = Math.Min(graph.StopSteps, steps) };
    }

    private static Values<Diagnostic> Problems(Graph graph, ExploreRequest request)
    {
        if (request.Interpreter == Interpreter.Simulated || (request.Faults.Faults.Count == 0 && request.Faults.Crashes.Count == 0))
        {
            return FaultInjection.Unknown(request.Faults, graph);
        }

        var where = request.Faults.Faults.Select(f => f.Edge.Where).Concat(request.Faults.Crashes.Select(c => c.Stage.Where)).First();
        return
        [
            new(
                ExploreCodes.NotThere,
                where,
                "The actors of one process can't be given faults: nothing is lost between them, and an actor that fails ends the run.",
                "Leave the interpreter out, so that the simulator runs the same stages over links with faults; or leave the plan out to explore orders of the actors."),
        ];
    }

    private static ExploreReport Run(Graph graph, ExploreRequest request, ScheduleRun reference)
    {
        var report = new ExploreReport(0, 0, long.MaxValue, 0, []);
        var jobs = Math.Max(1, request.Jobs ?? Environment.ProcessorCount);
        foreach (var (seed, run) in Schedules.InOrder(request.From, request.Seeds, jobs, (seed, stop) => (seed, Run(graph, request, reference, seed, stop)), request.Stop))
        {
            if (run.Outcome.Ending == RunEnding.Stopped)
            {
                break; // half a run is like no other
            }

            var remedy = $"Repeat it with: {request.Reproduce(seed)}";
            report = new(
                report.Seeds + 1,
                report.Messages + run.Witness.Messages,
                Math.Min(report.FewestMessages, run.Witness.Messages),
                report.Faults + (run.Faults?.Injected ?? 0),
                Violations(graph, run, reference).Select(v => v with { Remedy = remedy }).ToValues())
            {
                Crashes = report.Crashes + (run.Faults?.Crashes ?? 0),
                Tokens = report.Tokens + run.Witness.Totals,
            };
            request.Progress?.Invoke(report);
            if (report.Violations.Count > 0)
            {
                break;
            }
        }

        return report;
    }

    private static ScheduleRun Run(Graph graph, ExploreRequest request, ScheduleRun reference, long seed, CancellationToken stop)
    {
        var witness = new RunWitness(reference.Witness);
        return request.Interpreter == Interpreter.Simulated
            ? ScheduleRun.Simulate(graph, seed, request.Inject(request.Faults, witness), stop)
            : ScheduleRun.Act(graph, seed, witness, stop);
    }

    /// <summary>In the order in which it happened, and each edge that came to differ once; then how the run failed, and what was learned.</summary>
    private static IEnumerable<Diagnostic> Violations(Graph graph, ScheduleRun run, ScheduleRun reference)
    {
        var edges = new HashSet<string>();
        foreach (var finding in run.Witness.Findings)
        {
            if (finding is BrokenRule broken)
            {
                yield return broken.Diagnostic;
            }
            else if (finding is Deviation deviation && edges.Add(deviation.Edge))
            {
                yield return new(ExploreCodes.Differs, deviation.Where, edges.Count == 1 ? First(graph, deviation) : deviation.Describe(null, isFirst: false), "");
            }
        }

        foreach (var failure in run.Outcome.Failures)
        {
            yield return failure;
        }

        if (run.Weights != reference.Weights)
        {
            yield return new(ExploreCodes.Differs, SourceSpan.Whole(graph.Name), "the weights: other bits were learned than in a run without faults.", "");
        }
    }

    /// <summary>The deviation that others follow from, with what it deviates from.</summary>
    private static string First(Graph graph, Deviation deviation)
    {
        var other = ScheduleRun.Reference(graph, new() { Sought = deviation }, CancellationToken.None).Witness;
        return deviation.Describe(other, isFirst: true)
            + (graph.IsDeterminate ? "" : $" The pipeline is not determinate: {string.Join(", ", graph.IndeterminateMerges)}.");
    }
}
