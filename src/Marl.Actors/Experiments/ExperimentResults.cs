using System.Security.Cryptography;
using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Files;
using Marl.Actors.Runtime.Profiles;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Experiments;

/// <summary>The end of a run.</summary>
/// <param name="Folder">Where the results are.</param>
/// <param name="Ending">Completed, or stopped on request.</param>
/// <param name="Summary">What <c>summary.json</c> says.</param>
/// <param name="Inboxes">Files of recorded inboxes.</param>
public sealed record ExperimentResult(string Folder, RunEnding Ending, RunSummary Summary, Values<string> Inboxes)
{
    /// <summary>Where the time went; null where nobody asked.</summary>
    public ProfileReport? Profile { get; init; }
}

/// <summary>Writes what a run leaves behind: policies, learning curve, and last the summary.</summary>
internal static class ExperimentResults
{
    public static Result<ExperimentResult> Write(Graph graph, RunFolder folder, ExperimentObserver observer, RunOutcome outcome, RunClock clock, Values<string> inboxes)
    {
        if (observer.Complete() is { Count: > 0 } lost)
        {
            return Result.Failure<ExperimentResult>(lost);
        }

        var policies = observer.Policies;
        var summary = Summarise(graph, observer, outcome, clock, policies);
        return Policies(folder, policies)
            .Then(_ => Curve(graph, folder))
            .Then(_ => SummaryFile.Write(folder.Summary, summary))
            .Map(_ => new ExperimentResult(folder.Path, outcome.Ending, summary, inboxes));
    }

    private static Result<long> Policies(RunFolder folder, IReadOnlyList<SavedPolicy> policies)
    {
        if (policies.Count == 0)
        {
            return Result.Success(0L);
        }

        var written = WholeFile.Write(folder.Policy, SafetensorsFile.Write(policies));
        foreach (var policy in policies.Where(p => p.Spec.Talk is null)) // one that talks is no function of what it sees alone
        {
            written = written.Then(_ => WholeFile.Write(folder.Onnx(policy.Spec.Group, policies.Count == 1), OnnxFile.Write(policy)));
        }

        return written;
    }

    private static Result<long> Curve(Graph graph, RunFolder folder) => graph.Evaluation is not { } rule
        ? Result.Success(0L)
        : EvaluationTable.Read(folder.EvaluationTable).Then(rows => new LearningCurvePlot
        {
            Title = graph.Name,
            Returns = $"mean return ({rule.Convention.Name()})",
            Curves = [LearningCurve.OfRun("", rows)],
        }.Save(folder.LearningCurve));

    private static RunSummary Summarise(
        Graph graph, ExperimentObserver observer, RunOutcome outcome, RunClock clock, IReadOnlyList<SavedPolicy> policies) => new(
            graph.Name,
            graph.Seed,
            outcome.EnvironmentSteps,
            observer.Version,
            clock.Seconds,
            clock.Rate(outcome.EnvironmentSteps),
            Physics(graph),
            outcome.Ending == RunEnding.Completed ? StopReason.Steps : StopReason.CtrlC,
            observer.LastEvaluation is { } last ? EvaluationSummary.Of(new(graph.Evaluation!.Convention, last.Returns, last.LengthMean)) : null,
            policies.Count > 0 ? Hash(policies) : null);

    /// <summary>The world's integration order, where it has one: figures of different physics don't compare.</summary>
    private static string? Physics(Graph graph)
    {
        var world = graph.Nodes.FirstOrDefault(n => n is { Purpose: Purpose.Training, Component.IsClock: true });
        return world?.Component.Options.Find("integration") is null ? null : OptionText.Write(world.Component.Options.Read(world.Options)["integration"]);
    }

    private static string Hash(IReadOnlyList<SavedPolicy> policies)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var policy in policies)
        {
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(policy.Parameters.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
