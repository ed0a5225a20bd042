using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>
/// A part file as written: a sub-graph that pipelines and other parts use. Its stages read what comes in as <c>in.name</c>,
/// and its outputs name what goes out of them.
/// </summary>
public sealed record PartFile(
    Located<string> Name,
    Located<string>? Summary,
    Values<ParameterDeclaration> Parameters,
    Values<PartInput> Inputs,
    Values<PartOutput> Outputs,
    Values<StageDeclaration> Stages,
    SourceSpan Where)
{
    /// <summary>What the stages of a part call the outside: <c>in.steps</c> is what the user of the part feeds to its input <c>steps</c>.</summary>
    public const string Outside = "in";
}

/// <summary><c>state: { kind: state, required: false }</c></summary>
/// <param name="Name">What the stages inside read as <c>in.name</c>, and the user feeds.</param>
/// <param name="Kind">The kind of message; null for what the ports inside take.</param>
/// <param name="IsRequired">The user must feed it; otherwise the ports inside that read it stay open.</param>
public sealed record PartInput(Located<string> Name, Located<string>? Kind, bool IsRequired);

/// <summary><c>actions: team.actions |&gt; by-step</c></summary>
/// <param name="Name">What the user of the part reads.</param>
/// <param name="Source">Where it comes from inside, and through which operators.</param>
public sealed record PartOutput(Located<string> Name, SourceDeclaration Source);
