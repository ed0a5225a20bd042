using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Reads <c>parameters:</c> by their declared types, applies the command line's values, and hands values on to parts.</summary>
internal static class ParameterPass
{
    public static ParameterTable Run(ExpandedPipeline pipeline, BindingOverrides overrides, Findings findings)
    {
        var file = pipeline.File;
        var bound = new Dictionary<string, BoundParameter>();
        var values = overrides.Parameters.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value);
        foreach (var declaration in file.Parameters)
        {
            var name = declaration.Name.Value;
            if (!bound.TryAdd(name, Read(declaration, values.GetValueOrDefault(name), findings)))
            {
                findings.Error(BindingCodes.RepeatedParameter, declaration.Name.Where, $"Parameter '{name}' is declared twice.", "Keep one of them.");
            }
        }

        foreach (var name in values.Keys.Where(n => !bound.ContainsKey(n)))
        {
            findings.Error(
                BindingCodes.UnknownOverride, BindingOverrides.Where, $"Pipeline '{file.Name}' has no parameter '{name}'.", Nearest.Remedy(name, bound.Keys, "parameters"));
        }

        var table = new ParameterTable(bound);
        foreach (var argument in pipeline.Arguments)
        {
            table.Add(ArgumentPass.Read(argument, table, findings));
        }

        return table;
    }

    private static BoundParameter Read(ParameterDeclaration declaration, string? given, Findings findings)
    {
        var (name, where) = (declaration.Name.Value, declaration.Name.Where);
        var parameter = DeclaredParameter.Of(declaration, findings, out var isDefaultGood);
        if (parameter.Type is not { } type)
        {
            return new(name, null, null, where);
        }

        if (name == ParameterTable.Seed && type != ParameterType.Int)
        {
            findings.Error(BindingCodes.SeedType, declaration.Type.Where, "Parameter 'seed' is the root of all random keys and must be an int.", "Write type: int.");
            return new(name, type, null, where);
        }

        if (given is null)
        {
            return new(name, type, isDefaultGood ? declaration.Default?.Value : null, where);
        }

        if (parameter.Problem(given) is not { } problem)
        {
            return new(name, type, given, where);
        }

        findings.Error(BindingCodes.OverrideValue, BindingOverrides.Where, $"Parameter '{name}' cannot be '{given}'.", $"Give it {problem}.");
        return new(name, type, null, where);
    }
}
