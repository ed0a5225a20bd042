using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>The declared type of a parameter.</summary>
internal enum ParameterType
{
    Int,
    Float,
    Bool,
    Text,
}

/// <summary>A parameter with the value it has in this run. <see cref="Text"/> is null when the value was refused already.</summary>
internal sealed record BoundParameter(string Name, ParameterType? Type, string? Text, SourceSpan Where);

/// <summary>The parameters by name, those of a part with the part's name before theirs (<c>pool/rollout</c>); remembers which were used.</summary>
internal sealed class ParameterTable(Dictionary<string, BoundParameter> parameters)
{
    public const string Seed = "seed";

    private readonly HashSet<string> used = [Seed];

    /// <summary>The parameters that can be named where that one is.</summary>
    public IEnumerable<string> NamesBeside(string name) => parameters.Keys.Where(n => n.LastIndexOf('/') == name.LastIndexOf('/') && n.StartsWith(name[..(name.LastIndexOf('/') + 1)], StringComparison.Ordinal)).Select(Plain);

    /// <summary>The name as the file has it.</summary>
    public static string Plain(string name) => name[(name.LastIndexOf('/') + 1)..];

    public void Add(BoundParameter parameter) => parameters.TryAdd(parameter.Name, parameter);

    public BoundParameter? Use(string name)
    {
        used.Add(name);
        return parameters.GetValueOrDefault(name);
    }

    /// <summary>The root seed the file gives; 1 when it does not say.</summary>
    public long RootSeed => parameters.GetValueOrDefault(Seed) is { Text: { } text } && OptionText.TryInteger(text, out var seed) ? seed : 1;

    public void ReportUnused(Findings findings)
    {
        foreach (var parameter in parameters.Values.Where(p => !used.Contains(p.Name)))
        {
            findings.Warning(
                BindingCodes.UnusedParameter, parameter.Where, $"Nothing uses parameter '{Plain(parameter.Name)}'.", $"Write ${Plain(parameter.Name)} where it belongs, or remove it.");
        }
    }

    /// <summary>The parameter type that stands for an option of a kind; null for lists.</summary>
    public static string? TypeFor(OptionKind kind) => kind switch
    {
        OptionKind.Integer => "int",
        OptionKind.Number => "float",
        OptionKind.Boolean => "bool",
        OptionKind.Text or OptionKind.Choice => "text",
        _ => null,
    };

    /// <summary>Whether a value of a parameter type may stand for an option of a kind.</summary>
    public static bool Fits(ParameterType type, OptionKind kind) => (type, kind) switch
    {
        (ParameterType.Int, OptionKind.Integer or OptionKind.Number) => true,
        (ParameterType.Float, OptionKind.Number) => true,
        (ParameterType.Bool, OptionKind.Boolean) => true,
        (ParameterType.Text, OptionKind.Text or OptionKind.Choice) => true,
        _ => false,
    };
}
