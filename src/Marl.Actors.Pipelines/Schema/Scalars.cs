using System.Text.Json.Nodes;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>
/// Schemas of single values. Editors type a plain YAML scalar before the schema sees it (<c>5</c> is a number, <c>2_000</c> is
/// text), while the compiler reads all of them as text by the declared type: so numbers may come as text too.
/// </summary>
internal static class Scalars
{
    /// <summary>A name, as <see cref="Model.Identifier"/> has it, for use within patterns.</summary>
    public const string NamePattern = "[a-z][A-Za-z0-9-]*";

    /// <summary><c>$parameter</c>, for use within patterns.</summary>
    public const string ParameterPattern = @"\$" + NamePattern;

    /// <summary>A whole number that came as text, for use within patterns.</summary>
    public const string WholePattern = "[+-]?[0-9]+(_[0-9]+)*";

    /// <summary>A number that came as text, for use within patterns.</summary>
    public const string RealPattern = @"[+-]?([0-9_]+\.?[0-9_]*|\.[0-9_]+)([eE][+-]?[0-9_]+)?";

    private const string NameRule = "Names begin with a lower-case letter and go on with letters, digits and '-'.";

    /// <summary>Any single value.</summary>
    public static JsonArray AnyType => ["string", "number", "boolean", "null"];

    /// <summary>A name. (<c>true</c> and <c>null</c> are names too.)</summary>
    public static JsonObject Name(string description) => Pattern(description, ["string", "boolean", "null"], $"^{NamePattern}$", NameRule);

    /// <summary>Free text.</summary>
    public static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = AnyType };

    /// <summary>A whole number.</summary>
    public static JsonObject Whole(string description, long least)
    {
        var schema = Pattern(description, ["integer", "string"], $"^{WholePattern}$", $"Write a whole number, at least {least}.");
        schema["minimum"] = least;
        return schema;
    }

    /// <summary>A number.</summary>
    public static JsonObject Number(string description) => Pattern(description, ["number", "string"], $"^{RealPattern}$", "Write a number.");

    /// <summary>Exactly true or false.</summary>
    public static JsonObject YesOrNo(string description) => Pattern(description, ["boolean", "string"], "^(true|false)$", "Write true or false.");

    /// <summary>A value that must match a pattern where it is text.</summary>
    public static JsonObject Pattern(string description, JsonArray types, string pattern, string complaint) => new()
    {
        ["description"] = description,
        ["type"] = types,
        ["pattern"] = pattern,
        ["patternErrorMessage"] = complaint,
    };

    /// <summary>A mapping from names to values.</summary>
    public static JsonObject Named(string description, JsonNode value) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["patternProperties"] = new JsonObject { [$"^{NamePattern}$"] = value },
        ["additionalProperties"] = false,
    };
}
