using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>An input for what the stage's own other instances say is fed by the stage itself.</summary>
internal sealed class PeerCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        foreach (var edge in draft.Edges.Where(e => e.Input.FromPeers && e.From != e.To))
        {
            draft.Spoiled.Add(edge);
            var own = draft[edge.To].Component!.Outputs.Where(o => o.Kind == edge.Input.Kind).MaxBy(o => o.Distribution); // rather one that speaks to each apart
            findings.Error(
                CheckCodes.NotPeers,
                edge.Where,
                $"'{edge.Target}' hears the other instances of '{edge.To}', and '{edge.Source}' is none of them.",
                own is null ? "Feed it from the stage itself." : $"Write {edge.Input.Name}: {edge.To}.{own.Name} |> by-step.");
        }
    }
}
