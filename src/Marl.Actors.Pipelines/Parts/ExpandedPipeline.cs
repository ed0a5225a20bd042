using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>A file with its parts put in: only stages, named as the graph names them.</summary>
/// <param name="File">The file; a part by itself is one without sections.</param>
/// <param name="Arguments">The parameters of parts.</param>
/// <param name="Outputs">The sources of all parts' outputs, which somebody reads or nobody.</param>
/// <param name="Fed">What is fed to parts' inputs, which stages inside read or none.</param>
/// <param name="Lost">What is fed to inputs that parts do not have.</param>
/// <param name="Readings">Who reads the inputs of parts without operators, for the kinds they declare.</param>
/// <param name="Mentioned">Parameters that are named where nothing reads them.</param>
/// <param name="Findings">What is wrong with parts and their use.</param>
internal sealed record ExpandedPipeline(
    PipelineFile File,
    Values<PartArgument> Arguments,
    Values<SourceDeclaration> Outputs,
    Values<SourceDeclaration> Fed,
    Values<SourceDeclaration> Lost,
    Values<InputReading> Readings,
    Values<string> Mentioned,
    Values<Diagnostic> Findings)
{
    /// <summary>Parts within parts came to so many stages that none was put in.</summary>
    public bool IsTooLarge { get; init; }
}

/// <summary>A stage's port reads an input of its part as it comes.</summary>
internal sealed record InputReading(PartInput Input, string Stage, string Port);
