using System.Text.Json;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>Names what differs between two graphs written by <see cref="GraphWriter"/>.</summary>
internal static class GraphDifference
{
    /// <summary>The first difference, to begin a sentence with: <c>Option 'maxSteps' of stage 'world'</c>.</summary>
    public static string Of(JsonElement one, JsonElement other)
    {
        foreach (var (list, noun) in new[] { ("stages", "Stage"), ("edges", "Edge") })
        {
            if (First(one, other, list) is var (left, right))
            {
                return noun == "Edge" ? $"Edge '{Text(left, "from")} → {Text(left, "to")}'" : Stage(left, right);
            }
        }

        return "The schedule of the run";
    }

    private static string Stage(JsonElement left, JsonElement right)
    {
        var stage = $"stage '{Text(left, "id")}' ({Text(left, "uses")})";
        var (before, now) = (Options(left), Options(right));
        var option = before.Keys.Union(now.Keys).FirstOrDefault(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name));
        return option is null ? "S" + stage[1..] : $"Option '{option}' of {stage}";
    }

    private static (JsonElement Left, JsonElement Right)? First(JsonElement one, JsonElement other, string list)
    {
        if (!one.TryGetProperty(list, out var left) || left.ValueKind != JsonValueKind.Array || !other.TryGetProperty(list, out var right))
        {
            return null;
        }

        var pair = left.EnumerateArray().Zip(right.EnumerateArray()).FirstOrDefault(p => !JsonElement.DeepEquals(p.First, p.Second));
        return pair.First.ValueKind == JsonValueKind.Undefined ? null : pair;
    }

    private static Dictionary<string, string> Options(JsonElement stage) =>
        stage.ValueKind == JsonValueKind.Object && stage.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object
            ? options.EnumerateObject().DistinctBy(o => o.Name).ToDictionary(o => o.Name, o => o.Value.GetRawText())
            : [];

    private static string Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var entry) && entry.ValueKind == JsonValueKind.String ? entry.GetString()! : "?";
}
