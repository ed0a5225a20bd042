using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experiments;

/// <summary>
/// Rows of a durable run that wait for the checkpoint they were learned before. They are part of it: a process that dies
/// between saving and saying leaves them to the next one, and no update is missing from the tables.
/// </summary>
internal sealed class UnsaidRows
{
    private readonly Queue<TrainingRow> training = new();
    private readonly Queue<EvaluationRow> evaluations = new();

    /// <summary>The first update of theirs; null when there is none.</summary>
    public int? FirstUpdate => training.TryPeek(out var row) ? row.Update : null;

    /// <summary>The first version of theirs that was evaluated; null when there is none.</summary>
    public int? FirstEvaluation => evaluations.TryPeek(out var row) ? row.Update : null;

    public void Add(TrainingRow row) => training.Enqueue(row);

    public void Add(EvaluationRow row) => evaluations.Enqueue(row);

    /// <summary>Says them all, what was evaluated first.</summary>
    public void Say(Action<TrainingRow> trained, Action<EvaluationRow> evaluated)
    {
        while (evaluations.TryDequeue(out var row))
        {
            evaluated(row);
        }

        while (training.TryDequeue(out var row))
        {
            trained(row);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        if (training.Count + evaluations.Count == 0)
        {
            return;
        }

        snapshot.Put<int>("unsaid", [training.Count, evaluations.Count]);
        var k = 0;
        foreach (var (update, steps, seconds, episodes, learner) in training)
        {
            double[] figures = episodes is null ? [0, 0, 0, 0, 0] : [episodes.Count, episodes.LengthMean, episodes.TeamSum, episodes.PerAgent, episodes.Success ?? double.NaN];
            snapshot.Put<double>($"training.{k}", [update, steps, seconds, .. figures, .. learner.Select(m => m.Value)]);
            snapshot.PutText($"training.{k++}.names", string.Join('\n', learner.Select(m => m.Name)));
        }

        k = 0;
        foreach (var (update, steps, seconds, returns, length) in evaluations)
        {
            snapshot.Put<double>(
                $"evaluation.{k++}",
                [update, steps, seconds, returns.Count, returns.Mean, returns.StandardDeviation, returns.Median, returns.Low, returns.High, length]);
        }
    }

    /// <summary>Those that a checkpoint holds.</summary>
    /// <param name="snapshot">The observer's part of it; null when it has none.</param>
    /// <exception cref="InvalidDataException">It was saved by something else.</exception>
    public static UnsaidRows Of(StageSnapshot? snapshot)
    {
        var rows = new UnsaidRows();
        var counts = snapshot?.Get<int>("unsaid") ?? [0, 0];
        for (var k = 0; k < counts[0]; k++)
        {
            var numbers = snapshot!.Get<double>($"training.{k}");
            var names = snapshot.GetText($"training.{k}.names").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var episodes = numbers[3] > 0 ? new EpisodeFigures((int)numbers[3], numbers[4], numbers[5], numbers[6], double.IsNaN(numbers[7]) ? null : numbers[7]) : null;
            rows.Add(new TrainingRow((int)numbers[0], (long)numbers[1], numbers[2], episodes, names.Select((n, i) => new Metric(n, numbers[8 + i])).ToValues()));
        }

        for (var k = 0; k < counts[1]; k++)
        {
            var numbers = snapshot!.Get<double>($"evaluation.{k}");
            rows.Add(new EvaluationRow(
                (int)numbers[0], (long)numbers[1], numbers[2], new((int)numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8]), numbers[9]));
        }

        return rows;
    }
}
