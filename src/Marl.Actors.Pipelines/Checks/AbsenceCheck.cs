using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Operators that lose messages stand only before inputs that know what to do without.</summary>
internal sealed class AbsenceCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        foreach (var edge in draft.Edges.Where(e => !e.Input.AcceptsAbsent))
        {
            foreach (var step in edge.Operators.Where(o => o.Component.MakesAbsent && !o.Component.IsIdentity(o.Use.Options)))
            {
                findings.Error(
                    CheckCodes.Absence,
                    step.Where,
                    $"'{step.Component.Id}' leaves steps without a message, and '{edge.Target}' cannot do without.",
                    "Remove it, or put it before an input that accepts absence.");
            }
        }
    }
}
