using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Gives the parameters of a part their values: what the user of the part says, a parameter of the user, or the default.</summary>
internal static class ArgumentPass
{
    public static BoundParameter Read(PartArgument argument, ParameterTable table, Findings findings)
    {
        var (declaration, use) = (argument.Declaration, argument.Use);
        var declared = DeclaredParameter.Of(declaration, findings, out var isDefaultGood);
        var unknown = new BoundParameter(argument.Name, declared.Type, null, declaration.Name.Where);
        if (argument.Given is not { } given)
        {
            if (declaration.Default is null && use is not null && !IsMisspelt(argument))
            {
                findings.Error(
                    PartCodes.MissingParameter, use.Id.Where, $"Part '{use.Id}' needs parameter '{declaration.Name}'.", $"Give it under 'with:', of type {declaration.Type}.");
            }

            return isDefaultGood ? unknown with { Text = declaration.Default?.Value } : unknown;
        }

        var (text, origin) = given.Parameter is { } name ? (Handed(name, argument, declared, table, findings), $" (parameter '{ParameterTable.Plain(name)}')")
            : given.IsList ? (null, "")
            : (given.Scalars[0].Value, "");
        if (given.IsList)
        {
            findings.Error(
                PartCodes.ParameterValue, given.Where, $"Parameter '{declaration.Name}' of part '{use?.Id}' is a single value, but this is a list.", "Write the value without brackets.");
        }

        if (text is null || declared.Type is null)
        {
            return unknown;
        }

        if (declared.Problem(text) is not { } problem)
        {
            return unknown with { Text = text };
        }

        findings.Error(PartCodes.ParameterValue, given.Where, $"Parameter '{declaration.Name}' of part '{use?.Id}' cannot be '{text}'{origin}.", $"Give it {problem}.");
        return unknown;
    }

    /// <summary>The value of the user's parameter that is handed on; null when there is none, or it does not fit.</summary>
    private static string? Handed(string name, PartArgument argument, DeclaredParameter declared, ParameterTable table, Findings findings)
    {
        var where = argument.Given!.Where;
        if (table.Use(name) is not { } handed)
        {
            findings.Error(
                BindingCodes.UnknownParameter, where, $"There is no parameter '{ParameterTable.Plain(name)}'.", findings.Remedy(ParameterTable.Plain(name), table.NamesBeside(name), "parameters"));
            return null;
        }

        if (handed.Type is not { } type || declared.Type is not { } wanted || type == wanted || (type, wanted) == (ParameterType.Int, ParameterType.Float))
        {
            return handed.Text;
        }

        findings.Error(
            PartCodes.ParameterValue,
            where,
            $"Parameter '{ParameterTable.Plain(name)}' of type {OptionText.Kebab($"{type}")} cannot stand for parameter '{argument.Declaration.Name}' of part '{argument.Use?.Id}', which is of type {argument.Declaration.Type}.",
            $"Declare it with type: {argument.Declaration.Type}.");
        return null;
    }

    /// <summary>The user gives something with nearly that name, which is reported.</summary>
    private static bool IsMisspelt(PartArgument argument) =>
        Nearest.Of(argument.Declaration.Name.Value, argument.Use!.With.Select(s => s.Name.Value)).Any();
}
