using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Where the file demands <c>determinate: true</c>, no merge makes the result depend on timing.</summary>
internal sealed class DeterminacyCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        if (draft.File.Determinate is not { Value: true } demand)
        {
            return;
        }

        var merges = draft.Edges
            .Where(e => e.IsSound && draft.MergeOf(e) is Merge.AsItComes or Merge.Latest)
            .OrderBy(e => e.Merge!.Where.File != demand.Where.File).ThenBy(e => e.Merge!.Where.Line)
            .Select(e => $"{e.Name} |> {(e.Merge!.Merge == Merge.Latest ? "latest" : "as-it-comes")} {(e.Merge.Where.File == demand.Where.File ? $"in line {e.Merge.Where.Line}" : $"in {e.Merge.Where}")}")
            .ToList();
        if (merges.Count > 0)
        {
            findings.Error(
                CheckCodes.NotDeterminate,
                demand.Where,
                $"The pipeline is not determinate: what flows depends on timing at {string.Join(" and at ", merges)}.",
                "Write by-step in place of as-it-comes and lag(updates=0) in place of latest, or do not demand it.");
        }
    }
}
