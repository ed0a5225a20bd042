using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Build.Passes;

/// <summary>Tells which findings of the first pass may be nothing but a component of the project.</summary>
internal static class OwnNames
{
    /// <summary>An unknown component or operator. A near miss of a built-in name is no exception: own names may look like it.</summary>
    public static bool MayBe(Diagnostic finding) => finding.Code is BindingCodes.UnknownComponent or BindingCodes.UnknownOperator;

    /// <summary>Whether a file names anything that may be of the project.</summary>
    public static bool MayBeIn(FileExamination file) => file.Verdict.Diagnostics.Any(MayBe);
}
