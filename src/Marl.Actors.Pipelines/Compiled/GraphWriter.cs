using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rendering;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>A graph as JSON: all that is settled about it, with every option written out. Equal graphs give equal bytes.</summary>
internal static class GraphWriter
{
    private const int LongestLine = 100;
    private const string Varying = "varying";

    public static void Write(Graph graph, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("seed", graph.Seed);
        json.WriteNumber("iteration", graph.Iteration);
        json.WriteNumber("stopSteps", graph.StopSteps);
        json.WriteNumber("vectorSteps", graph.VectorSteps);
        json.WriteNumber("checkpointSteps", graph.CheckpointSteps);
        json.WriteBoolean("determinate", graph.IsDeterminate);
        if (graph.IsDurable)
        {
            json.WriteBoolean("durable", true);
        }

        Texts(json, "indeterminateMerges", graph.IndeterminateMerges);
        if (graph.Evaluation is { } rule)
        {
            Evaluation(rule, json);
        }

        json.WriteStartObject("placement");
        foreach (var (stage, role) in graph.Placement)
        {
            json.WriteString(stage, role);
        }

        json.WriteEndObject();
        json.WriteStartArray("stages");
        foreach (var node in graph.Nodes)
        {
            Stage(node, json);
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in graph.Edges)
        {
            Edge(edge, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Evaluation(EvaluationRule rule, Utf8JsonWriter json)
    {
        json.WriteStartObject("evaluation");
        json.WriteNumber("everySteps", rule.EverySteps);
        json.WriteNumber("episodes", rule.Episodes);
        json.WriteBoolean("greedy", rule.Greedy);
        json.WriteString("convention", OptionText.Kebab(rule.Convention.ToString()));
        if (rule.Of is { } team)
        {
            json.WriteString("of", team.Name);
        }

        json.WriteEndObject();
    }

    private static void Stage(Node node, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Id);
        json.WriteString("uses", node.Component.Id);
        json.WriteString("purpose", OptionText.Kebab(node.Purpose.ToString()));
        json.WriteNumber("copies", node.Copies);
        if (node.Shards > 1)
        {
            json.WriteNumber("shards", node.Shards);
        }

        if (node.Each is { } each)
        {
            json.WriteString("each", each);
        }

        Texts(json, "instances", node.Instances);
        json.WriteString("rate", node.Rate?.ToString() ?? Varying);
        json.WriteStartObject("options");
        var values = node.Component.Options.Read(node.Options);
        foreach (var option in node.Component.Options.Options)
        {
            json.WritePropertyName(option.Name);
            Value(json, values[option.Name]);
        }

        json.WriteEndObject();
        Ports(json, "inputs", node.Component.Inputs.Select(p => (p.Name, node.Types.SelectMany(t => t.Inputs.GetValueOrDefault(p.Name, [])))));
        Ports(json, "outputs", node.Component.Outputs.Select(p => (p.Name, node.Types.SelectMany(t => t.Outputs.GetValueOrDefault(p.Name, [])))));
        json.WriteEndObject();
    }

    /// <summary>The types of each port over all instances and peers, each once; an open port has none.</summary>
    private static void Ports(Utf8JsonWriter json, string name, IEnumerable<(string Port, IEnumerable<PortType> Types)> ports)
    {
        json.WriteStartObject(name);
        foreach (var (port, types) in ports)
        {
            Texts(json, port, types.Select(t => t.ToString()).Distinct());
        }

        json.WriteEndObject();
    }

    private static void Edge(Edge edge, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("from", $"{edge.From}.{edge.Output}");
        json.WriteString("to", $"{edge.To}.{edge.Input}");
        json.WriteString("merge", OptionText.Kebab(edge.Merge.ToString()));
        Texts(json, "operators", edge.Operators.Select(EdgeNotation.Operator));
        json.WriteNumber("firstPeer", edge.FirstPeer);
        json.WriteNumber("firstReader", edge.FirstReader);
        json.WriteString("rate", edge.Rate?.ToString() ?? Varying);
        json.WriteNumber("capacity", edge.Capacity);
        if (edge.LeastCapacity is { } least)
        {
            json.WriteNumber("leastCapacity", least);
        }

        json.WritePropertyName("tokenBytes");
        List(json, edge.TokenBytes);
        json.WriteEndObject();
    }

    private static string Rate(Fraction? rate) => rate?.ToString() ?? "varies";

    private static void Value(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Values<int> list:
                List(json, list);
                break;
            case Values<double> list:
                List(json, list);
                break;
            default:
                json.WriteStringValue(OptionText.Write(value));
                break;
        }
    }

    private static void List<T>(Utf8JsonWriter json, Values<T> numbers)
        where T : struct, IFormattable => json.WriteRawValue($"[{string.Join(", ", numbers.Select(n => n.ToString(null, CultureInfo.InvariantCulture)))}]");

    /// <summary>On one line where they fit on one.</summary>
    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        List<string> encoded = [.. texts.Select(text => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"")];
        json.WritePropertyName(name);
        if (encoded.Count <= 1 || encoded.Sum(text => text.Length) <= LongestLine)
        {
            json.WriteRawValue($"[{string.Join(", ", encoded)}]");
            return;
        }

        json.WriteStartArray();
        encoded.ForEach(text => json.WriteRawValue(text));
        json.WriteEndArray();
    }
}
