using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Last pass: puts the graph together from what the others found.</summary>
internal static class GraphAssembly
{
    public static Graph Of(PipelinePlan plan, BoundSections sections, long seed)
    {
        var (draft, _, _, rates) = plan;
        var edges = Ordered(draft).Select(e => EdgeOf(e, plan)).ToValues();
        var stop = sections.StopSteps!.Value;
        return new()
        {
            Name = draft.File.Name.Value,
            Summary = draft.File.Summary?.Value ?? "",
            Seed = seed,
            Nodes = draft.Stages.Select(s => NodeOf(s, plan)).ToValues(),
            Edges = edges,
            Iteration = rates.Iteration,
            StopSteps = stop,
            IsDurable = draft.File.Durable is { Value: true },
            CheckpointSteps = draft.File.Durable is { Value: true } ? (long)rates.Iteration * plan.Clock.Copies * plan.Clock.Shards : sections.CheckpointSteps ?? Math.Max((long)rates.Iteration * plan.Clock.Copies * plan.Clock.Shards, stop / 10),
            Evaluation = sections.Evaluation,
            IndeterminateMerges = edges.Where(e => e.Merge is Merge.AsItComes or Merge.Latest)
                .Select(e => $"{e.Name} |> {(e.Merge == Merge.Latest ? "latest" : "as-it-comes")}").ToValues(),
            Placement = Placement(draft, sections),
        };
    }

    private static IEnumerable<EdgeDraft> Ordered(PipelineDraft draft) =>
        from stage in draft.Stages
        from port in stage.Component!.Inputs
        from edge in draft.Into(stage.Id, port.Name)
        where draft.IsHeard(edge)
        select edge;

    private static Node NodeOf(StageDraft stage, PipelinePlan plan) => new()
    {
        Id = stage.Id,
        Component = stage.Component!,
        Options = stage.Options!,
        Copies = stage.Copies,
        Shards = stage.Shards,
        Each = stage.Each,
        Instances = stage.Instances,
        Purpose = stage.Purpose,
        Types = Enumerable.Range(0, stage.Instances.Count).Select(i => plan.Types.Of(stage, i)).ToValues(),
        Rhythm = plan.Rhythms[stage.Id],
        Rate = plan.Rates.Rates[stage.Id],
        Where = stage.Where,
    };

    private static Edge EdgeOf(EdgeDraft edge, PipelinePlan plan) => new()
    {
        From = edge.From,
        Output = edge.Output.Name,
        To = edge.To,
        Input = edge.Input.Name,
        Merge = plan.Draft.MergeOf(edge),
        Operators = edge.Operators.Select(o => o.Use).ToValues(),
        FirstPeer = plan.Draft.FirstPeer(edge),
        FirstReader = plan.Draft.FirstReader(edge),
        Rate = Rate(edge, plan),
        Capacity = Capacity(edge, plan),
        TokenBytes = plan.Types.TokenBytes(edge),
        Where = edge.Where,
    };

    /// <summary>
    /// Tokens of a producing instance for each vector step: its cycles times what they send. Where cycles are not counted in
    /// vector steps, only a clock at either end, each of whose firings is one, tells.
    /// </summary>
    private static Fraction? Rate(EdgeDraft edge, PipelinePlan plan)
    {
        var (from, to) = (plan.Rhythms[edge.From], plan.Rhythms[edge.To]);
        var (output, input) = (RhythmTable.Output(edge, plan.Draft), RhythmTable.Input(edge, plan.Draft));
        var (producer, consumer) = (plan.Draft[edge.From], plan.Draft[edge.To]);
        if (from.IterationEnd[output] > 0)
        {
            return new(from.IterationEnd[output], plan.Rates.Iteration);
        }

        if (producer.Component!.IsClock && from.SentByEach(output) is { } sent)
        {
            return new(sent);
        }

        if (consumer.Component!.IsClock && edge.Operators.Count == 0 && to.TakenByEach(input) is { } taken)
        {
            return new(taken);
        }

        var countsSteps = plan.Draft.Stages.Any(s => s.Purpose == producer.Purpose && s.Component!.IsClock && !plan.Rhythms[s.Id].Varies);
        return countsSteps && plan.Rates.Rates[edge.From] is { } rate && from.Sent(output) is { } each ? rate * new Fraction(each) : null;
    }

    /// <summary>Room for two cycles of the reader (two firings, where its cycles vary), at least 2, and for what operators leave standing.</summary>
    private static int Capacity(EdgeDraft edge, PipelinePlan plan)
    {
        var standing = edge.Operators.Sum(o => o.Component.Passes(o.Use.Options).Ahead);
        var taken = plan.Rhythms.Taken(edge, plan.Draft) ?? plan.Rhythms[edge.To].MostTaken(RhythmTable.Input(edge, plan.Draft));
        return (int)Math.Min(int.MaxValue / 2, Math.Max(2, 2 * Math.Min(taken, int.MaxValue / 4)) + standing);
    }

    /// <summary>A twin runs where its original does.</summary>
    private static Values<(string, string)> Placement(PipelineDraft draft, BoundSections sections) => (
        from placed in sections.Placement
        from stage in draft.Stages
        where stage.Origin == placed.Stage
        select (stage.Id, placed.Role)).ToValues();
}
