using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Exactly one stage drives time.</summary>
internal sealed class ClockCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        var clocks = draft.Stages.Where(s => s.Component is { IsClock: true }).ToList();
        if (clocks.Count == 0 && draft.Stages.All(s => s.Component is not null))
        {
            findings.Error(CheckCodes.NoClock, draft.File.Name.Where, "No stage drives time.", "Add a stage that uses a world: environment/….");
        }

        foreach (var clock in clocks.Skip(1))
        {
            draft.Spoiled.UnionWith(draft.Edges.Where(e => e.From == clock.Id || e.To == clock.Id));
            findings.Error(
                CheckCodes.SeveralClocks, clock.Where, $"'{clock.Id}' is a second world beside '{clocks[0].Id}': only one can drive training.", "Split the experiment into one pipeline for each world.");
        }
    }
}
