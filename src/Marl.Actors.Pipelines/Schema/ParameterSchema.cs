using System.Text.Json.Nodes;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schema of <c>parameters:</c>.</summary>
internal static class ParameterSchema
{
    /// <summary>The section.</summary>
    public static JsonObject Of(string description, bool needsDefault) => Scalars.Named(description, Declaration(needsDefault));

    private static JsonObject Declaration(bool needsDefault) => new()
    {
        ["description"] = "A parameter: { type: int, default: 3, range: 1..8 }",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject
            {
                ["description"] = "How its value is read: int, float, bool or text.",
                ["enum"] = new JsonArray("int", "float", "bool", "text"),
            },
            ["default"] = new JsonObject { ["description"] = "Its value unless the command line gives another.", ["type"] = Scalars.AnyType },
            ["range"] = Scalars.Pattern("Its least and greatest value, both included: 0.0..1.0. For int and float.", ["string"], @"^.+\.\..+$", "Write least..greatest, as in 2..8."),
        },
        ["required"] = needsDefault ? new JsonArray("type", "default") : new JsonArray("type"),
        ["additionalProperties"] = false,
    };
}
