using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>The experiment lasts for at least one iteration of the whole graph. (Needs the rates, so it stands apart.)</summary>
internal static class StopCheck
{
    public static void Run(PipelineFile file, BindingOverrides overrides, long stopSteps, long iterationSteps, Findings findings)
    {
        if (stopSteps >= iterationSteps)
        {
            return;
        }

        var where = overrides.StopSteps is not null ? BindingOverrides.Where
            : file.Stop is [var setting, ..] ? setting.Value.Where
            : file.Name.Where;
        findings.Error(
            CheckCodes.ShortStop,
            where,
            $"The experiment would stop after {stopSteps} environment steps, before its first iteration of {iterationSteps} is complete: nothing would be learnt.",
            $"Stop after at least {iterationSteps} steps.");
    }
}
