using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Reads <c>name: value</c> settings by the types an options record declares, and makes the record.</summary>
internal sealed class SettingsBinder(ParameterTable parameters, Findings findings)
{
    /// <summary>The options record, or null when something was wrong (and has been reported).</summary>
    /// <param name="schema">The options.</param>
    /// <param name="settings">What the file says.</param>
    /// <param name="owner">Whose options these are, for sentences: a stage's or an operator's name.</param>
    /// <param name="where">Where a missing option is reported.</param>
    public object? Bind(OptionsSchema schema, IReadOnlyList<Setting> settings, string owner, SourceSpan where)
    {
        var values = new Dictionary<string, object>();
        var seen = new HashSet<string>();
        var isSound = true;
        foreach (var setting in settings)
        {
            var name = setting.Name.Value;
            if (schema.Find(name) is not { } spec)
            {
                isSound = false;
                findings.Error(
                    BindingCodes.UnknownOption, setting.Name.Where, $"'{owner}' has no option '{name}'.", findings.Remedy(name, schema.Options.Select(o => o.Name), "options"));
                MarkUsed(setting.Value);
            }
            else if (!seen.Add(name))
            {
                isSound = false;
                findings.Error(BindingCodes.RepeatedOption, setting.Name.Where, $"Option '{name}' of '{owner}' is given twice.", "Keep one of them.");
            }
            else if (Read(spec, setting.Value, owner) is { } value)
            {
                values[name] = value;
            }
            else
            {
                isSound = false;
            }
        }

        foreach (var spec in schema.Options.Where(o => o.IsRequired && !seen.Contains(o.Name)))
        {
            isSound = false;
            if (!settings.Any(s => schema.Find(s.Name.Value) is null && Nearest.Of(s.Name.Value, [spec.Name]).Any()))
            {
                findings.Error(BindingCodes.MissingOption, where, $"'{owner}' needs option '{spec.Name}'.", $"Add {spec.Name}, {spec.Expectation}. {spec.Help}");
            }
        }

        return isSound ? schema.Create(values) : null;
    }

    /// <summary>One option's value, or null when it was wrong (and has been reported).</summary>
    public object? Read(OptionSpec spec, SettingValue value, string owner)
    {
        if (value.Parameter is { } parameter)
        {
            return ReadParameter(spec, parameter, value.Where, owner);
        }

        var wantsList = spec.IsList;
        if (wantsList != value.IsList)
        {
            findings.Error(
                BindingCodes.OptionForm,
                value.Where,
                $"Option '{spec.Name}' of '{owner}' must be {spec.Expectation}, but this is {(value.IsList ? "a list" : "one value")}.",
                wantsList ? $"Write [{string.Join(", ", value.Scalars)}]." : "Write the value without brackets.");
            return null;
        }

        var elements = value.Scalars.Select(s => ReadScalar(spec, s.Value, s.Where, owner, "")).ToArray();
        return elements.Contains(null) ? null : wantsList ? spec.List(elements!) : elements[0];
    }

    private object? ReadParameter(OptionSpec spec, string name, SourceSpan where, string owner)
    {
        var plain = ParameterTable.Plain(name);
        if (parameters.Use(name) is not { } parameter)
        {
            findings.Error(BindingCodes.UnknownParameter, where, $"There is no parameter '{plain}'.", findings.Remedy(plain, parameters.NamesBeside(name), "parameters"));
            return null;
        }

        if (parameter is not { Type: { } type, Text: { } text })
        {
            return null; // the declaration is wrong, and that has been said
        }

        if (!ParameterTable.Fits(type, spec.Kind))
        {
            findings.Error(
                BindingCodes.ParameterMisfit,
                where,
                $"Parameter '{plain}' of type {OptionText.Kebab(type.ToString())} cannot stand for option '{spec.Name}' of '{owner}', which is {spec.Expectation}.",
                ParameterTable.TypeFor(spec.Kind) is { } fitting ? $"Declare it with type: {fitting}." : "Write the list out: parameters are single values.");
            return null;
        }

        return ReadScalar(spec, text, where, owner, $" (parameter '{plain}')");
    }

    private object? ReadScalar(OptionSpec spec, string text, SourceSpan where, string owner, string origin)
    {
        if (spec.ReadScalar(text) is { } value)
        {
            return value;
        }

        findings.Error(
            BindingCodes.OptionValue,
            where,
            $"Option '{spec.Name}' of '{owner}' cannot be '{text}'{origin}.",
            spec.Kind == OptionKind.Choice && Nearest.Of(text, spec.Choices).Any() ? findings.Remedy(text, spec.Choices, "words") : $"Write {spec.Expectation}.");
        return null;
    }

    /// <summary>Counts a parameter as used, though its value is not read.</summary>
    public void MarkUsed(string parameter) => parameters.Use(parameter);

    private void MarkUsed(SettingValue value)
    {
        if (value.Parameter is { } parameter)
        {
            parameters.Use(parameter);
        }
    }
}
