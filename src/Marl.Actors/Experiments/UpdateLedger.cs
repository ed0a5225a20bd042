using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Experiments;

/// <summary>
/// Puts together what world and learners say about one update. They speak in any order; a row is complete when everybody
/// who reports once an update has done so.
/// </summary>
internal sealed class UpdateLedger
{
    private readonly Dictionary<int, (EpisodeFigures? Episodes, List<Metric> Learner, int Reports)> open = [];
    private readonly int reporters;
    private readonly bool manyLearners;

    public UpdateLedger(Graph graph)
    {
        var training = graph.Nodes.Where(n => n.Purpose == Purpose.Training).ToArray();
        var learners = training.Sum(n => n.Component.Outputs.Count(p => p.Kind == MetricMessages.Kind) * n.Instances.Count);
        reporters = learners + training.Count(n => n.Component.Outputs.Any(p => p.Kind == EpisodeMessages.Kind));
        manyLearners = learners > 1;
    }

    /// <summary>Adds a report; the completed update, if this was the last one it lacked.</summary>
    public (int Update, EpisodeFigures? Episodes, Values<Metric> Learner)? Add(Node node, Message message)
    {
        var update = message.Stamp.Update;
        var row = open.TryGetValue(update, out var known) ? known : (null, [], 0);
        if (message.Layout.Kind == EpisodeMessages.Kind)
        {
            var reward = node.Types[0].Output("episodes").Get<RewardConvention>("reward");
            row.Episodes = EpisodeFigures.Of(message, reward);
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
        return (update, row.Episodes, row.Learner.OrderBy(m => m.Name, StringComparer.Ordinal).ToValues());
    }
}
