using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Pipelines;

/// <summary>A pipeline file is not sound, its run failed, or a schedule or a fault made a difference; the message has a line for each finding.</summary>
/// <param name="sentence">What was tried.</param>
/// <param name="findings">What was found.</param>
public sealed class PipelineException(string sentence, Values<Diagnostic> findings) : Exception($"{sentence}\n\n{string.Join('\n', findings)}\n")
{
    /// <summary>What was found.</summary>
    public Values<Diagnostic> Findings { get; } = findings;
}
