using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Reads <c>parameters:</c> by their declared types and applies the command line's values.</summary>
internal static class ParameterPass
{
    private static readonly string[] Types = ["int", "float", "bool", "text"];

    public static ParameterTable Run(PipelineFile file, BindingOverrides overrides, Findings findings)
    {
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

        return new(bound);
    }

    private static BoundParameter Read(ParameterDeclaration declaration, string? given, Findings findings)
    {
        var (name, where) = (declaration.Name.Value, declaration.Name.Where);
        if (Array.IndexOf(Types, declaration.Type.Value) is var index && index < 0)
        {
            findings.Error(
                BindingCodes.UnknownParameterType, declaration.Type.Where, $"'{declaration.Type}' is not a parameter type.", Nearest.Remedy(declaration.Type.Value, Types, "types"));
            return new(name, null, null, where);
        }

        var type = (ParameterType)index;
        if (name == ParameterTable.Seed && type != ParameterType.Int)
        {
            findings.Error(BindingCodes.SeedType, declaration.Type.Where, "Parameter 'seed' is the root of all random keys and must be an int.", "Write type: int.");
            return new(name, type, null, where);
        }

        var range = Range(declaration, type, findings);
        var isDefaultGood = Check(type, range, declaration.Default.Value) is not { } problem
            || Report(findings, BindingCodes.ParameterDefault, declaration.Default.Where, $"The default of parameter '{name}' cannot be '{declaration.Default}'.", $"Write {problem}.");
        if (given is null)
        {
            return new(name, type, isDefaultGood ? declaration.Default.Value : null, where);
        }

        return Check(type, range, given) is { } wrong
            && !Report(findings, BindingCodes.OverrideValue, BindingOverrides.Where, $"Parameter '{name}' cannot be '{given}'.", $"Give it {wrong}.")
            ? new(name, type, null, where)
            : new(name, type, given, where);
    }

    private static bool Report(Findings findings, string code, SourceSpan where, string sentence, string remedy)
    {
        findings.Error(code, where, sentence, remedy);
        return false;
    }

    /// <summary>What the text should have been; null when it is that.</summary>
    private static string? Check(ParameterType type, (double Low, double High, string Text)? range, string text)
    {
        var number = 0.0;
        var isOfType = type switch
        {
            ParameterType.Int => OptionText.TryInteger(text, out var i) && (number = i) is var _,
            ParameterType.Float => OptionText.TryNumber(text, out number),
            ParameterType.Bool => OptionText.TryBoolean(text, out _),
            _ => true,
        };
        var noun = type switch
        {
            ParameterType.Int => "a whole number",
            ParameterType.Float => "a number",
            ParameterType.Bool => "true or false",
            _ => "text",
        };
        return !isOfType || (range is { } r && (number < r.Low || number > r.High))
            ? range is null ? noun : $"{noun} in {range.Value.Text}"
            : null;
    }

    private static (double Low, double High, string Text)? Range(ParameterDeclaration declaration, ParameterType type, Findings findings)
    {
        if (declaration.Range is not { } range)
        {
            return null;
        }

        var dots = range.Value.IndexOf("..", StringComparison.Ordinal);
        if (type is ParameterType.Int or ParameterType.Float
            && dots > 0
            && OptionText.TryNumber(range.Value[..dots].Trim(), out var low)
            && OptionText.TryNumber(range.Value[(dots + 2)..].Trim(), out var high)
            && low <= high)
        {
            return (low, high, range.Value);
        }

        findings.Error(
            BindingCodes.ParameterRange,
            range.Where,
            type is ParameterType.Int or ParameterType.Float
                ? $"'{range}' is not a range."
                : $"A parameter of type {declaration.Type} has no range.",
            type is ParameterType.Int or ParameterType.Float ? "Write least..greatest, as in 2..8." : "Remove it.");
        return null;
    }
}
