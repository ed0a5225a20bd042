using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marl.Actors.Build.Components;
using Marl.Actors.Core.Options;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Build.Outputs;

/// <summary><c>marl.catalog.json</c>: the components of a project as data, for tools that cannot load its assembly.</summary>
internal static class CatalogFile
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text. Equal components give equal text.</summary>
    public static string Write(ProjectComponents own)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("format", "marl.catalog/1");
            json.WriteStartArray("components");
            foreach (var component in own.Components.OrderBy(c => c.Value.Id, StringComparer.Ordinal))
            {
                Component(component, json);
            }

            json.WriteEndArray();
            json.WriteStartArray("operators");
            foreach (var component in own.Operators.OrderBy(o => o.Value.Id, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                Head(component.Value.Id, component.Value.Summary, component.Property, json);
                Options(component.Value.Options, json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Component(Declared<Core.Stages.Component> declared, Utf8JsonWriter json)
    {
        var component = declared.Value;
        json.WriteStartObject();
        Head(component.Id, component.Summary, declared.Property, json);
        json.WriteString("source", component.Source);
        json.WriteBoolean("allowsCopies", component.AllowsCopies);
        json.WriteBoolean("allowsEach", component.AllowsEach);
        Options(component.Options, json);
        Ports("inputs", component.Inputs.Select(p => (p.Name, p.Kind, p.Help)), json);
        Ports("outputs", component.Outputs.Select(p => (p.Name, p.Kind, p.Help)), json);
        json.WriteEndObject();
    }

    private static void Head(string id, string summary, System.Reflection.PropertyInfo property, Utf8JsonWriter json)
    {
        json.WriteString("id", id);
        json.WriteString("summary", summary);
        json.WriteString("assembly", property.Module.Assembly.GetName().Name);
        json.WriteString("property", $"{property.DeclaringType?.FullName}.{property.Name}");
    }

    private static void Options(OptionsSchema schema, Utf8JsonWriter json)
    {
        json.WriteStartArray("options");
        foreach (var option in schema.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("takes", option.Expectation);
            if (option.Default is { } byDefault)
            {
                json.WriteString("default", OptionText.Write(byDefault));
            }

            json.WriteString("help", option.Help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Ports(string name, IEnumerable<(string Name, string Kind, string Help)> ports, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var port in ports)
        {
            json.WriteStartObject();
            json.WriteString("name", port.Name);
            json.WriteString("kind", port.Kind);
            json.WriteString("help", port.Help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
