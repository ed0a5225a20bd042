using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Model;

/// <summary>A value and the place it was written at.</summary>
public sealed record Located<T>(T Value, SourceSpan Where)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}

/// <summary>A pipeline file as written: names not yet resolved, scalars still text. Second pass of the compiler.</summary>
public sealed record PipelineFile(
    Located<string> Name,
    Located<string>? Summary,
    Values<ParameterDeclaration> Parameters,
    Values<StageDeclaration> Stages,
    Values<Setting>? Stop,
    Values<Setting>? Evaluate,
    Values<Setting>? Checkpoint,
    Values<Setting>? Place,
    SourceSpan Where)
{
    /// <summary><c>determinate: true</c>: the file demands that no merge depends on timing. Null when it does not say.</summary>
    public Located<bool>? Determinate { get; init; }

    /// <summary><c>durable: true</c>: nothing learned is used or reported before it is saved. Null when the file does not say.</summary>
    public Located<bool>? Durable { get; init; }
}

/// <summary><c>clip: { type: float, default: 0.2, range: 0.0..1.0 }</c></summary>
/// <param name="Name">What <c>$name</c> says.</param>
/// <param name="Type">int, float, bool or text.</param>
/// <param name="Default">Its value unless another is given; only parameters of parts may have none, and must then be given one.</param>
/// <param name="Range">Least and greatest value.</param>
public sealed record ParameterDeclaration(Located<string> Name, Located<string> Type, Located<string>? Default, Located<string>? Range);

/// <summary>One entry of <c>stages:</c>. What it uses is a component, or a part by its path.</summary>
public sealed record StageDeclaration(
    Located<string> Id,
    Located<string> Uses,
    Located<string>? Each,
    SettingValue? Copies,
    Values<Setting> With,
    Values<InputDeclaration> Inputs)
{
    /// <summary><c>shards:</c>; null when it does not say.</summary>
    public SettingValue? Shards { get; init; }

    /// <summary>The parts it stands in, as they begin its name: <c>pool/</c>; empty for a stage of the pipeline itself.</summary>
    public string Scope { get; init; } = "";

    /// <summary>What it uses could not be read, which has been reported.</summary>
    public bool IsReported { get; init; }

    /// <summary>It is multiplied by something that is not known: because that was reported, or because nobody uses the part yet.</summary>
    public bool IsUnplaced { get; init; }
}

/// <summary><c>name: value</c>, in <c>with:</c>, <c>stop:</c>, <c>evaluate:</c>, … and as an operator's argument.</summary>
public sealed record Setting(Located<string> Name, SettingValue Value);

/// <summary>A scalar (one in <paramref name="Scalars"/>), a list of scalars, or <c>$parameter</c> (its name without the sign, and no scalars).</summary>
public sealed record SettingValue(Values<Located<string>> Scalars, bool IsList, string? Parameter, SourceSpan Where);

/// <summary>One entry of a stage's <c>in:</c>: the port, and who feeds it.</summary>
public sealed record InputDeclaration(Located<string> Port, Values<SourceDeclaration> Sources);

/// <summary><c>team.rollouts |&gt; by-step |&gt; lag(updates=1)</c></summary>
public sealed record SourceDeclaration(Located<string> Stage, Located<string> Port, Values<OperatorCall> Operators)
{
    /// <summary>It leads nowhere: because that was reported, or because nobody uses the part yet.</summary>
    public bool IsReported { get; init; }
}

/// <summary><c>lag(updates=1)</c></summary>
public sealed record OperatorCall(Located<string> Name, Values<Setting> Arguments);
