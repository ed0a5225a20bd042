using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>
/// Makes the stages that <c>evaluate:</c> stands for: twins of the world and of every stage on a loop with it that passes
/// no learner. What the originals hear from elsewhere (weights), the twins hear thinned out; what they tell elsewhere, the
/// twins keep to themselves. Evaluation has no shards: its stages are twins of those in the first.
/// </summary>
internal static class EvaluationExpansion
{
    public const string Prefix = "evaluation";

    private const string Every = "every";
    private const string Lag = "lag";

    /// <summary>The draft with the twins.</summary>
    /// <param name="training">Training alone.</param>
    /// <param name="rule">How often, how many.</param>
    /// <param name="findings">Where trouble goes.</param>
    public static PipelineDraft Expand(PipelinePlan training, EvaluationRule rule, Findings findings)
    {
        var (draft, iteration) = (training.Draft, training.Rates.Iteration);
        var clock = draft.Stages.First(s => s.Component!.IsClock);
        var loop = StageGraph.LoopThrough(clock.Id, draft, s => !s.Component!.IsCompute);
        if (loop.Count < 2)
        {
            findings.Error(
                CheckCodes.NothingToEvaluate, draft.File.Name.Where, $"'evaluate:' finds no agents: no stage both hears '{clock.Id}' and answers it.", "Connect agents to the world, or remove 'evaluate:'.");
            return draft;
        }

        var updates = rule.Updates((long)iteration * clock.Copies * clock.Shards);
        if (Thinning(draft) is not { } every)
        {
            findings.Error(CheckCodes.NoThinning, draft.File.Name.Where, $"'evaluate:' needs the operator '{Every}', which the catalog does not have.", "Add the built-in operators to the catalog.");
            return draft;
        }

        var twins = draft.Stages.Where(s => loop.Contains(s.Id)).Select(s => Twin(s, loop, rule.Episodes)).ToList();
        var edges = draft.Edges.Where(e => loop.Contains(e.To) && e.Input.Only != Purpose.Training).Select(e => Twin(e, loop, every(updates * Versions(e, training)))).ToList();
        return draft.With(twins, edges);
    }

    /// <summary>The id of a stage's twin.</summary>
    public static string TwinId(string id) => $"{Prefix}/{id}";

    /// <summary>The name a twin's domain has in training; others as they are.</summary>
    public static string? Original(string? id) => id is not null && id.StartsWith(Prefix + "/", StringComparison.Ordinal) ? id[(Prefix.Length + 1)..] : id;

    /// <summary>Tokens that an iteration brings along an edge; 1 where nobody knows.</summary>
    private static int Versions(EdgeDraft edge, PipelinePlan training) =>
        training.Rates.Rates[edge.From] is { } rate && training.Rhythms.Sent(edge, training.Draft) is { } sent
            ? Math.Max(1, (int)Math.Min(int.MaxValue / 1_000_000, (rate * new Fraction(training.Rates.Iteration) * new Fraction(sent)).ToDouble()))
            : 1;

    private static Func<int, OperatorDraft>? Thinning(PipelineDraft draft)
    {
        if (!draft.Catalog.Operators.TryGetValue(Every, out var component) || component.Options.Find("updates") is null)
        {
            return null;
        }

        return updates => new(new(component, component.Options.Create(new Dictionary<string, object> { ["updates"] = updates })), SourceSpan.None);
    }

    private static StageDraft Twin(StageDraft stage, IReadOnlySet<string> loop, int episodes) => stage with
    {
        Id = TwinId(stage.Id),
        Purpose = Purpose.Evaluation,
        Copies = stage.Component!.IsClock ? episodes : stage.Copies,
        Shards = 1,
        Each = stage.Each is { } each && loop.Contains(each[..each.IndexOf('.')]) ? TwinId(each) : stage.Each,
    };

    private static EdgeDraft Twin(EdgeDraft edge, IReadOnlySet<string> loop, OperatorDraft every)
    {
        var twin = edge with { To = TwinId(edge.To) };
        return loop.Contains(edge.From)
            ? twin with { From = TwinId(edge.From) }
            : twin with
            {
                IsFeed = true,
                Merge = edge.Merge?.Merge == Merge.Latest ? null : edge.Merge,
                Operators = [every, .. edge.Operators.Where(o => o.Component.Id != Lag)],
            };
    }
}
