using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Tests.Schema;

/// <summary>Our nodes as the JSON an editor sees: plain scalars typed by YAML 1.2's core schema, quoted ones text.</summary>
internal static partial class YamlJson
{
    public static JsonNode? Of(TextNode node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Of(e.Value)))),
        SequenceNode list => new JsonArray([.. list.Items.Select(Of)]),
        ScalarNode { IsQuoted: false } scalar => Plain(scalar.Text),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException($"{node.Where}: {node.Noun}"),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Whole().IsMatch(text) && long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when Real().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => JsonValue.Create(real),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^[-+]?[0-9]+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();
}
