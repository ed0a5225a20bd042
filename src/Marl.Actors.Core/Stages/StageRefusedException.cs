using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// <see cref="Component.Create"/> found only when it made the stage that this machine or this graph can't carry it: a native
/// library or a device is missing, or agents that must be alike are not. Interpreters print the diagnostics and end the run.
/// </summary>
public sealed class StageRefusedException(Values<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics.Select(d => $"{d.Code}: {d.Sentence} {d.Remedy}".TrimEnd())))
{
    /// <summary>What is wrong and what to do, without places: the interpreter knows the stage.</summary>
    public Values<Diagnostic> Diagnostics { get; } = diagnostics;
}
