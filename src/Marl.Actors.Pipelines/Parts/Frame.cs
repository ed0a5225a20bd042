using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>
/// Where a copy of a part stands: before the names of its stages and parameters, and by which use it came there, which all of
/// its places remember.
/// </summary>
/// <param name="Prefix"><c>pool/</c>; empty for the file that was asked for.</param>
/// <param name="Use">The place of the <c>uses:</c>; null for the file that was asked for.</param>
internal sealed record Frame(string Prefix, PlaceOfUse? Use)
{
    /// <summary>The file that was asked for.</summary>
    public static Frame Outermost { get; } = new("", null);

    public SourceSpan At(SourceSpan where) => Use is null ? where : where with { Use = Use };

    public Located<T> At<T>(Located<T> located) => located with { Where = At(located.Where) };

    public ParameterDeclaration At(ParameterDeclaration parameter) => new(
        At(parameter.Name), At(parameter.Type), parameter.Default is { } byDefault ? At(byDefault) : null, parameter.Range is { } range ? At(range) : null);

    /// <summary>The stage at its place; whom it names is still said in the words of its file.</summary>
    public StageDeclaration At(StageDeclaration stage) => Use is null ? stage : stage with
    {
        Id = At(stage.Id),
        Scope = Prefix,
        Uses = At(stage.Uses),
        Each = stage.Each is { } each ? At(each) : null,
        Copies = stage.Copies is { } copies ? At(copies) : null,
        Shards = stage.Shards is { } shards ? At(shards) : null,
        With = At(stage.With),
        Inputs = stage.Inputs.Select(i => new InputDeclaration(At(i.Port), i.Sources.Select(At).ToValues())).ToValues(),
    };

    public PartInput At(PartInput input) => input with { Name = At(input.Name), Kind = input.Kind is { } kind ? At(kind) : null };

    public PartOutput At(PartOutput output) => new(At(output.Name), At(output.Source));

    private SourceDeclaration At(SourceDeclaration source) => source with
    {
        Stage = At(source.Stage),
        Port = At(source.Port),
        Operators = source.Operators.Select(o => new OperatorCall(At(o.Name), At(o.Arguments))).ToValues(),
    };

    private Values<Setting> At(Values<Setting> settings) => settings.Select(s => new Setting(At(s.Name), At(s.Value))).ToValues();

    private SettingValue At(SettingValue value) => value with
    {
        Scalars = value.Scalars.Select(At).ToValues(),
        Parameter = value.Parameter is { } parameter ? Prefix + parameter : null,
        Where = At(value.Where),
    };
}
