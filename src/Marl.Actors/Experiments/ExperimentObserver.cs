using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Files;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Experiments;

/// <summary>Turns what the graph reports into rows, progress and saved policies. Called from one actor.</summary>
internal sealed class ExperimentObserver(
    Graph graph, RunFolder folder, MetricsLog log, RunClock clock, EvaluationRow? resumed, Action<RunProgress>? progress)
    : IRunObserver
{
    private readonly UpdateLedger updates = new(graph);
    private readonly PolicyCollector policies = new();
    private readonly int evaluatedEvery = EvaluatedEvery(graph);
    private readonly UnsaidRows unsaid = new(); // where the pipeline is durable
    private readonly Queue<(Node World, Message Scores)> early = new(); // scores that came before the weights they are of

    /// <summary>The newest evaluation, of this process or of the one before.</summary>
    public EvaluationRow? LastEvaluation { get; private set; } = resumed;

    /// <summary>Updates done.</summary>
    public int Version => policies.Version;

    /// <summary>The newest policies.</summary>
    public IReadOnlyList<SavedPolicy> Policies => policies.Policies;

    private ReturnConvention Convention => graph.Evaluation?.Convention ?? ReturnConvention.TeamSum;

    /// <summary>Versions between two evaluations, as the thinned weights edge says.</summary>
    public static int EvaluatedEvery(Graph graph) => graph.Edges
        .Where(e => graph[e.To].Purpose == Purpose.Evaluation && graph[e.From].Purpose == Purpose.Training)
        .SelectMany(e => e.Operators)
        .Where(o => o.Component.Id == "every")
        .Select(o => (int)o.Component.Options.Read(o.Options)["updates"])
        .DefaultIfEmpty(graph.Evaluation?.Updates((long)graph.Iteration * graph.Copies) ?? 1)
        .Max();

    public bool Wants(Node node, OutputPort port) => PolicyCollector.Wants(node, port) || port.Kind switch
    {
        MetricMessages.Kind or EpisodeMessages.Kind => node.Purpose == Purpose.Training,
        ScoreMessages.Kind => node.Purpose == Purpose.Evaluation,
        _ => false,
    };

    public void Observe(Node node, OutputPort port, int peer, Message message)
    {
        switch (port.Kind)
        {
            case MetricMessages.Kind or EpisodeMessages.Kind:
                if (updates.Add(node, message) is { } row)
                {
                    Trained(row.Update, row.Episodes, row.Learner);
                }

                break;
            case ScoreMessages.Kind:
                early.Enqueue((node, message.Retain()));
                Evaluate(isOver: false);
                break;
            default:
                policies.Add(node, port, peer, message);
                Evaluate(isOver: false);
                break;
        }
    }

    /// <summary>The run is over: what was evaluated last is the newest version.</summary>
    /// <returns>What could not be written.</returns>
    public Values<Diagnostic> Complete()
    {
        try
        {
            Evaluate(isOver: true);
            unsaid.Say(Tell, Tell);
            return [];
        }
        catch (StageException e)
        {
            return [new(e.Code, SourceSpan.Whole(folder.Path), e.Sentence, e.Remedy)];
        }
    }

    /// <summary>What is not said yet: a run that is killed behind the checkpoint says it when it is taken up again.</summary>
    public void Save(StageSnapshot snapshot) => unsaid.Save(snapshot);

    public void Checkpointed(long environmentSteps, string path)
    {
        SavePolicies();
        unsaid.Say(Tell, Tell);
    }

    /// <summary>Says what the run that saved a checkpoint may not have come to say.</summary>
    public void Say(UnsaidRows rows) => rows.Say(Tell, Tell);

    /// <summary>Writes the newest policies.</summary>
    public void SavePolicies()
    {
        if (Policies.Count > 0)
        {
            Demand(WholeFile.Write(folder.Policy, SafetensorsFile.Write(Policies)).Diagnostics);
        }
    }

    private static void Demand(Values<Diagnostic> problems)
    {
        if (problems.Count > 0)
        {
            throw new StageException(problems[0].Code, problems[0].Sentence, problems[0].Remedy);
        }
    }

    private void Trained(int update, EpisodeFigures? episodes, Values<Metric> learner)
    {
        var steps = (update + 1L) * graph.Iteration * graph.Copies;
        var row = new TrainingRow(update, steps, clock.Seconds, episodes, learner);
        if (graph.IsDurable)
        {
            unsaid.Add(row);
        }
        else
        {
            Tell(row);
        }
    }

    private void Tell(TrainingRow row)
    {
        Demand(log.Training(row));
        progress?.Invoke(new(
            row.EnvironmentSteps,
            graph.VectorSteps * graph.Copies,
            row.Seconds,
            clock.Rate(row.EnvironmentSteps),
            row.Episodes?.Of(Convention),
            LastEvaluation,
            row.Learner));
    }

    /// <summary>Passes are counted, and there are no versions for rows to wait for.</summary>
    private bool LearnsNothing => graph.Passes < long.MaxValue;

    /// <summary>What is learned are policies, so that their versions tell how far training has come.</summary>
    private bool HasPolicies { get; } = graph.Nodes.Any(n => n.Component.Outputs.Any(port => PolicyCollector.Wants(n, port)));

    /// <summary>The newest version there is.</summary>
    private long Newest => HasPolicies ? policies.Version : graph.VectorSteps / graph.Iteration * graph.Versions;

    private void Tell(EvaluationRow row)
    {
        LastEvaluation = row;
        Demand(log.Evaluation(row));
    }

    /// <summary>On a cluster, scores of one node may overtake the weights that another has sent; the row waits for their version.</summary>
    private void Evaluate(bool isOver)
    {
        while (early.TryPeek(out var next) && (isOver || LearnsNothing || next.Scores.Stamp.Update * evaluatedEvery <= Newest))
        {
            early.Dequeue();
            Evaluated(next.World, next.Scores);
            next.Scores.Release();
        }
    }

    private void Evaluated(Node world, Message scores)
    {
        var due = scores.Stamp.Update * evaluatedEvery;
        var version = LearnsNothing ? due : (int)Math.Min(due, Newest);
        var figures = EvaluationScores.Of([scores], world.Types[0].Output("scores").Get<RewardConvention>("reward"), Convention, graph.Evaluation?.Of?.Agents);
        var row = EvaluationRow.Of(version, (long)version * graph.Iteration * graph.Copies / graph.Versions, clock.Seconds, figures);
        if (graph.IsDurable)
        {
            unsaid.Add(row);
        }
        else
        {
            Tell(row);
        }
    }
}
