using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>Graphs as text. Equal graphs give equal text.</summary>
public static class GraphText
{
    /// <summary>
    /// The arrow view: stages with their actors, and for each input who feeds it, through which operators, with how many
    /// messages and bytes per environment step; whether the pipeline is determinate, which stage opens each loop, and the least
    /// room (in tokens, for each pair of instances) that each edge of a loop needs.
    /// </summary>
    public static string Arrows(Graph graph) => ArrowView.Of(graph);

    /// <summary>A Mermaid flowchart: stages as boxes, edges as arrows with their operators, evaluation as a subgraph.</summary>
    public static string Mermaid(Graph graph) => MermaidView.Of(graph);
}
