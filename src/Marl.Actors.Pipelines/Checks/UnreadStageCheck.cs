using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Every stage is read by somebody: by another stage, or by the run itself.</summary>
internal sealed class UnreadStageCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        if (draft.Unresolved.Any(s => !draft.Has(s.Stage.Value)))
        {
            return; // a misspelt stage may be any of them
        }

        var read = draft.Edges.Select(e => e.From).Concat(draft.Unresolved.Select(s => s.Stage.Value)).ToHashSet();
        foreach (var stage in draft.Stages.Where(s => s.Component is { Outputs: [_, ..] outputs } && !outputs.Any(o => o.Observed) && !read.Contains(s.Id)))
        {
            findings.Error(
                CheckCodes.Unread, stage.Where, $"Nobody reads '{stage.Id}'.", $"Connect one of its outputs ({string.Join(", ", stage.Component!.Outputs.Select(o => o.Name))}), or remove the stage.");
        }
    }
}
