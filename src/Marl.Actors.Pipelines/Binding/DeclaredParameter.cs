using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>What a parameter's declaration says of its values.</summary>
/// <param name="Type">Null when it cannot be understood, which has been reported.</param>
/// <param name="Range">Least and greatest value, and how they are written; null when any will do.</param>
internal sealed record DeclaredParameter(ParameterType? Type, (double Low, double High, string Text)? Range)
{
    private static readonly string[] Types = ["int", "float", "bool", "text"];

    /// <summary>Reads type and range, and holds the default against them.</summary>
    public static DeclaredParameter Of(ParameterDeclaration declaration, Findings findings, out bool isDefaultGood)
    {
        isDefaultGood = false;
        if (Array.IndexOf(Types, declaration.Type.Value) is var index && index < 0)
        {
            findings.Error(
                BindingCodes.UnknownParameterType, declaration.Type.Where, $"'{declaration.Type}' is not a parameter type.", Nearest.Remedy(declaration.Type.Value, Types, "types"));
            return new(null, null);
        }

        var type = (ParameterType)index;
        var parameter = new DeclaredParameter(type, RangeOf(declaration, type, findings));
        if (declaration.Default is not { } byDefault)
        {
            return parameter;
        }

        var problem = parameter.Problem(byDefault.Value);
        isDefaultGood = problem is null;
        if (problem is not null)
        {
            findings.Error(
                BindingCodes.ParameterDefault, byDefault.Where, $"The default of parameter '{declaration.Name}' cannot be '{byDefault}'.", $"Write {problem}.");
        }

        return parameter;
    }

    /// <summary>What the text should have been; null when it is that.</summary>
    public string? Problem(string text)
    {
        var number = 0.0;
        var isOfType = Type switch
        {
            ParameterType.Int => OptionText.TryInteger(text, out var i) && (number = i) is var _,
            ParameterType.Float => OptionText.TryNumber(text, out number),
            ParameterType.Bool => OptionText.TryBoolean(text, out _),
            _ => true,
        };
        var noun = Type switch
        {
            ParameterType.Int => "a whole number",
            ParameterType.Float => "a number",
            ParameterType.Bool => "true or false",
            _ => "text",
        };
        return !isOfType || (Range is { } r && (number < r.Low || number > r.High))
            ? Range is null ? noun : $"{noun} in {Range.Value.Text}"
            : null;
    }

    private static (double Low, double High, string Text)? RangeOf(ParameterDeclaration declaration, ParameterType type, Findings findings)
    {
        if (declaration.Range is not { } range)
        {
            return null;
        }

        var isNumber = type is ParameterType.Int or ParameterType.Float;
        if (isNumber && RangeText.TryRead(range.Value, out var low, out var high))
        {
            return (low, high, range.Value);
        }

        findings.Error(
            BindingCodes.ParameterRange,
            range.Where,
            isNumber ? $"'{range}' is not a range." : $"A parameter of type {declaration.Type} has no range.",
            isNumber ? "Write least..greatest, as in 2..8." : "Remove it.");
        return null;
    }
}
