using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Files;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Evaluations;

/// <summary>Measures the policies a run has saved, without any learner.</summary>
public static class PolicyEvaluation
{
    /// <summary>Plays the episodes.</summary>
    public static async Task<Result<PolicyScores>> RunAsync(EvaluationRequest request)
    {
        var loaded = Load(request);
        return loaded.IsSuccess
            ? (await PlayAsync(loaded.Value)).Map(scores => new PolicyScores(loaded.Value.Name, loaded.Value.Seed, loaded.Value.Evaluation!.Greedy, scores))
            : Result.Failure<PolicyScores>(loaded.Diagnostics);
    }

    /// <summary>The evaluating graph of a run with its saved policies.</summary>
    internal static Result<Graph> Load(EvaluationRequest request) =>
        RunFolder.Open(request.RunFolder).Then(folder => RunRecord.Read(folder.Record)
            .Then(record => Experiment.Load(folder.Pipeline, request.Catalog, record.Overrides with { EvaluationEpisodes = request.Episodes }))
            .Then(graph => graph.Evaluation is null
                ? Result.Failure<Graph>(new Diagnostic(
                    FolderCodes.NoEvaluation, SourceSpan.Whole(folder.Pipeline), "This pipeline does not say how its policies are evaluated.", "Add evaluate: { every: 100_000, episodes: 32 } to it."))
                : Result.Success(graph))
            .Then(graph => Policies(folder).Then(policies => Result.Of(
                EvaluationGraph.Of(graph, policies, request.Seed ?? graph.Seed, request.Greedy ?? graph.Evaluation!.Greedy),
                SavedWeights.Check(policies.ToDictionary(p => p.Spec.Group, p => p.Parameters), EvaluationGraph.Expected(graph), folder.Policy)))));

    /// <summary>Runs an evaluating graph.</summary>
    internal static Task<Result<EvaluationScores>> PlayAsync(Graph graph) => PlayAsync(
        graph, (passes, received) => EvaluationScores.Of(passes, received, graph.Evaluation!.Convention, graph.Evaluation.Of?.Agents));

    /// <summary>Runs an evaluating graph and reads its scores: every pass, and what the world's rewards mean.</summary>
    internal static async Task<Result<T>> PlayAsync<T>(Graph graph, Func<IReadOnlyList<Message>, RewardConvention, T> read)
    {
        using var observer = new ScoreObserver();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = observer });
        var world = graph.Nodes.First(n => n.Component.IsClock);
        return outcome.Ending == RunEnding.Failed
            ? Result.Failure<T>(outcome.Failures)
            : Result.Success(read(observer.Scores, world.Types[0].Output("scores").Get<RewardConvention>("reward")));
    }

    private static Result<Values<SavedPolicy>> Policies(RunFolder folder) => File.Exists(folder.Policy)
        ? WholeFile.Read(folder.Policy).Then(bytes => SafetensorsFile.Read(bytes, folder.Policy))
        : Result.Failure<Values<SavedPolicy>>(new Diagnostic(
            FolderCodes.NoPolicy, SourceSpan.Whole(folder.Path), "This run has saved no policy yet.", "Let it reach its first checkpoint."));

    private sealed class ScoreObserver : IRunObserver, IDisposable
    {
        public List<Message> Scores { get; } = [];

        public bool Wants(Node node, OutputPort port) => port.Kind == ScoreMessages.Kind;

        public void Observe(Node node, OutputPort port, int peer, Message message) => Scores.Add(message.Retain());

        public void Dispose() => Scores.ForEach(s => s.Release());
    }
}
