using System.Text.Json.Nodes;
using Marl.Actors.Core.Options;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>Schemas of options: type, range, default and help, from the one home of each, the options record.</summary>
internal static class OptionSchema
{
    /// <summary>A section of settings with an options record of its own.</summary>
    public static JsonObject Of<TSection>(string description) => Of(OptionsSchema.Of<TSection>(), description);

    /// <summary>A mapping with the options of a record.</summary>
    public static JsonObject Of(OptionsSchema options, string description)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "object" };
        var properties = new JsonObject();
        foreach (var option in options.Options)
        {
            properties[option.Name] = Of(option);
        }

        schema["properties"] = properties;
        Require(schema, options.Options.Where(o => o.IsRequired).Select(o => o.Name));
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>One option.</summary>
    public static JsonObject Of(OptionSpec option)
    {
        var schema = Described(option);
        switch (option.Kind)
        {
            case OptionKind.IntegerList or OptionKind.NumberList:
                schema["type"] = "array";
                var item = new JsonObject();
                var isWhole = option.Kind == OptionKind.IntegerList;
                Number(item, option with { Kind = isWhole ? OptionKind.Integer : OptionKind.Number }, isWhole, mayBeParameter: false);
                schema["items"] = item;
                break;
            case OptionKind.TextList:
                schema["type"] = "array";
                schema["items"] = new JsonObject { ["type"] = Scalars.AnyType };
                break;
            case OptionKind.Integer or OptionKind.Number:
                Number(schema, option, option.Kind == OptionKind.Integer, mayBeParameter: true);
                break;
            case OptionKind.Boolean:
                Typed(schema, ["boolean", "string"], $"true|false|{Scalars.ParameterPattern}", option);
                break;
            case OptionKind.Choice:
                schema["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray([.. option.Choices.Select(c => JsonValue.Create(c))]) },
                    new JsonObject { ["type"] = "string", ["pattern"] = $"^{Scalars.ParameterPattern}$" });
                break;
            default:
                schema["type"] = Scalars.AnyType;
                break;
        }

        if (option.Default is { } value)
        {
            schema["default"] = Json(value);
        }

        return schema;
    }

    /// <summary>Adds what must be given, where anything must.</summary>
    public static void Require(JsonObject schema, IEnumerable<string> names)
    {
        if (names.Select(n => JsonValue.Create(n)).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray(required);
        }
    }

    private static JsonObject Described(OptionSpec option)
    {
        var byDefault = option.Default is { } value ? OptionText.Write(value) : null;
        return new()
        {
            ["description"] = $"{option.Help} {Sentence(option.Expectation)}{(byDefault is null ? "; must be given" : byDefault.Length == 0 ? "" : $"; {byDefault} unless given")}.",
            ["markdownDescription"] = $"{option.Help}\n\n*{option.Expectation}*{(byDefault is null ? ", must be given" : byDefault.Length == 0 ? "" : $", default `{byDefault}`")}",
        };
    }

    private static void Number(JsonObject schema, OptionSpec option, bool isWhole, bool mayBeParameter)
    {
        Typed(schema, [isWhole ? "integer" : "number", "string"], (isWhole ? Scalars.WholePattern : Scalars.RealPattern) + (mayBeParameter ? "|" + Scalars.ParameterPattern : ""), option);
        Bound(schema, "minimum", option.Minimum);
        Bound(schema, "maximum", option.Maximum);
    }

    private static void Typed(JsonObject schema, JsonArray types, string pattern, OptionSpec option)
    {
        schema["type"] = types;
        schema["pattern"] = $"^({pattern})$";
        schema["patternErrorMessage"] = $"Write {option.Expectation}.";
    }

    private static void Bound(JsonObject schema, string keyword, double bound)
    {
        if (double.IsFinite(bound))
        {
            schema[keyword] = bound == Math.Floor(bound) && Math.Abs(bound) < 1e15 ? JsonValue.Create((long)bound) : JsonValue.Create(bound);
        }
    }

    private static JsonNode Json(object value) => value switch
    {
        bool b => JsonValue.Create(b),
        int i => JsonValue.Create(i),
        long l => JsonValue.Create(l),
        double d => JsonValue.Create(d),
        IEnumerable<int> list => new JsonArray([.. list.Select(i => JsonValue.Create(i))]),
        IEnumerable<double> list => new JsonArray([.. list.Select(d => JsonValue.Create(d))]),
        IEnumerable<string> list => new JsonArray([.. list.Select(t => JsonValue.Create(t))]),
        _ => JsonValue.Create(OptionText.Write(value)),
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
