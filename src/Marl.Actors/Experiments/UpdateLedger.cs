using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Experiments;

/// <summary>
/// Puts together what world and learners say about one iteration. They speak in any order; a row is complete when everybody
/// has reported as often as there are updates in it.
/// </summary>
internal sealed class UpdateLedger
{
    private readonly Dictionary<int, (List<EpisodeFigures> Episodes, List<Metric> Learner, int Reports)> open = [];
    private readonly int reporters;
    private readonly bool manyLearners;

    public UpdateLedger(Graph graph)
    {
        var training = graph.Nodes.Where(n => n.Purpose == Purpose.Training).ToArray();
        reporters = training.Sum(n => n.Component.Outputs.Where(p => p.Kind is MetricMessages.Kind or EpisodeMessages.Kind).Sum(p => Reports(graph, n, p)) * n.Instances.Count);
        manyLearners = training.Sum(n => n.Component.Outputs.Count(p => p.Kind == MetricMessages.Kind)) > 1;
    }

    /// <summary>Adds a report; the completed update, if this was the last one it lacked.</summary>
    public (int Update, EpisodeFigures? Episodes, Values<Metric> Learner)? Add(Node node, Message message)
    {
        var update = message.Stamp.Update;
        var row = open.TryGetValue(update, out var known) ? known : ([], [], 0);
        if (message.Layout.Kind == EpisodeMessages.Kind)
        {
            var reward = node.Types[0].Output("episodes").Get<RewardConvention>("reward");
            row.Episodes.AddRange(EpisodeFigures.Of(message, reward) is { } figures ? [figures] : []);
        }
        else
        {
            for (var i = 0; i < message.Layout.Fields.Count; i++)
            {
                var name = message.Layout.Fields[i].Name;
                row.Learner.Add(new(manyLearners ? $"{node.Id}/{name}" : name, message[i][0]));
            }
        }

        if (++row.Reports < reporters)
        {
            open[update] = row;
            return null;
        }

        open.Remove(update);
        return (update, EpisodeFigures.Together(row.Episodes), Means(row.Learner).OrderBy(m => m.Name, StringComparer.Ordinal).ToValues());
    }

    /// <summary>Of one instance in an iteration: one, unless something else makes iterations longer than its cycles.</summary>
    private static int Reports(Graph graph, Node node, OutputPort port) =>
        port.Kind == MetricMessages.Kind && node.Rate is { } rate && node.Rhythm?.Sent(node.Component.OutputIndex(port.Name)) is { } sent
            ? Math.Max(1, (int)Math.Round(rate.ToDouble() * graph.Iteration * sent))
            : 1;

    /// <summary>One figure for each name: the mean over a stage's instances and its reports, whatever their order.</summary>
    private static IEnumerable<Metric> Means(List<Metric> metrics) => metrics.GroupBy(m => m.Name)
        .Select(group => group.Count() == 1 ? group.First() : new(group.Key, group.Select(m => m.Value).Order().Average()));
}
