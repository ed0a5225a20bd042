using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Last pass: puts the graph together from what the others found.</summary>
internal static class GraphAssembly
{
    public static Graph Of(PipelinePlan plan, BoundSections sections, long seed)
    {
        var (draft, _, rates) = plan;
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
            CheckpointSteps = sections.CheckpointSteps ?? Math.Max((long)rates.Iteration * plan.Clock.Copies, stop / 10),
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
        select edge;

    private static Node NodeOf(StageDraft stage, PipelinePlan plan) => new()
    {
        Id = stage.Id,
        Component = stage.Component!,
        Options = stage.Options!,
        Copies = stage.Copies,
        Each = stage.Each,
        Instances = stage.Instances,
        Purpose = stage.Purpose,
        Types = Enumerable.Range(0, stage.Instances.Count).Select(i => plan.Types.Of(stage, i)).ToValues(),
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
        Rate = plan.Rates.Of(edge, plan.Types),
        Capacity = Capacity(edge, plan),
        TokenBytes = plan.Types.TokenBytes(edge),
        Where = edge.Where,
    };

    /// <summary>Room for two cycles of the reader, at least 2, and for what operators leave standing.</summary>
    private static int Capacity(EdgeDraft edge, PipelinePlan plan)
    {
        var standing = edge.Operators.Sum(o => (long)Math.Max(o.Component.InitialTokens(o.Use.Options), o.Component.Backlog(o.Use.Options)));
        var taken = Math.Min(plan.Types.Taken(edge) ?? 1, int.MaxValue / 4);
        return (int)Math.Min(int.MaxValue / 2, Math.Max(2, 2 * taken) + standing);
    }

    /// <summary>A twin runs where its original does.</summary>
    private static Values<(string, string)> Placement(PipelineDraft draft, BoundSections sections) => (
        from placed in sections.Placement
        from stage in draft.Stages
        where stage.Origin == placed.Stage
        select (stage.Id, placed.Role)).ToValues();
}
