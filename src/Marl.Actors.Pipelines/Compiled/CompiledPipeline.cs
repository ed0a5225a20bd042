using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>
/// A pipeline as one JSON file, parts and all: what a build makes of a pipeline file, so that a program runs it without the
/// text. It holds the checked graph, for readers, and the model the graph was bound from, so that parameters still change it.
/// </summary>
public static class CompiledPipeline
{
    /// <summary>The form of the file. Another number stands for another form.</summary>
    public const string Format = FormatName + "1";

    /// <summary>How the name of a compiled pipeline's file ends.</summary>
    public const string Extension = ".json";

    private const string FormatName = "marl.pipeline/";
    private const string Remedy = "Build the project again; Marl.Actors.Build writes this file from the pipeline.";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A good pipeline as JSON. Equal pipelines give equal bytes, on every machine.</summary>
    /// <param name="pipeline">What was found about a pipeline file, without overrides.</param>
    /// <param name="rename">From the name of a file as the compiler was given it to the one that diagnostics shall show later; the same when left out.</param>
    /// <exception cref="ArgumentException">The file is not a good pipeline: a bug in the caller.</exception>
    public static byte[] Write(FileExamination pipeline, Func<string, string>? rename = null)
    {
        if (pipeline is not { Expanded: { } expanded, Verdict: { IsSuccess: true, Value.Graph: { } graph } })
        {
            throw new ArgumentException("Only a good pipeline can be compiled.", nameof(pipeline));
        }

        var places = new PlaceTable(rename ?? (name => name));
        var model = Bytes(json => new ModelWriter(json, places).Write(expanded), new() { Encoder = Layout.Encoder });
        return Bytes(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("format", Format);
                json.WriteString("pipeline", graph.Name);
                json.WriteString("summary", graph.Summary);
                json.WritePropertyName("graph");
                GraphWriter.Write(graph, json);
                json.WriteStartObject("source");
                json.WriteStartArray("files");
                places.Files.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WritePropertyName("uses");
                json.WriteRawValue($"[{string.Join(',', places.Uses.Select(use => $"[{string.Join(',', use)}]"))}]");
                json.WritePropertyName("model");
                json.WriteRawValue(model, skipInputValidation: true);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            Layout);
    }

    /// <summary>Reads a compiled pipeline and binds it: the graph is the one the build has checked, or what the overrides make of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The components it was compiled with.</param>
    /// <param name="overrides">What is said in the file's place.</param>
    /// <returns>The graph; or what is wrong with the file (MARL422x), with the components of this program, or with the overrides.</returns>
    public static Result<Graph> Load(string path, ComponentCatalog catalog, BindingOverrides? overrides = null) =>
        WholeFile.Read(path).Then(bytes => Parse(bytes, path, catalog, overrides));

    /// <summary>The same, from bytes in memory.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <param name="catalog">The components it was compiled with.</param>
    /// <param name="overrides">What is said in the file's place.</param>
    public static Result<Graph> Parse(ReadOnlyMemory<byte> bytes, string fileName, ComponentCatalog catalog, BindingOverrides? overrides = null)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Document(document.RootElement, fileName, catalog, overrides ?? BindingOverrides.None);
        }
        catch (JsonException fault)
        {
            var where = new SourceSpan(fileName, (int)Math.Min(int.MaxValue - 1, fault.LineNumber ?? 0) + 1, (int)Math.Min(int.MaxValue - 1, fault.BytePositionInLine ?? 0) + 1);
            return Fail(CompiledCodes.NotCompiled, where, "This is not JSON.");
        }
    }

    private static Result<Graph> Document(JsonElement root, string fileName, ComponentCatalog catalog, BindingOverrides overrides)
    {
        var whole = SourceSpan.Whole(fileName);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String)
        {
            return Fail(CompiledCodes.NotCompiled, whole, "This is not a compiled pipeline.");
        }

        if (format.GetString() is var found && found != Format)
        {
            return found!.StartsWith(FormatName, StringComparison.Ordinal)
                ? Fail(CompiledCodes.OtherFormat, whole, $"This pipeline was compiled in the form '{found}', but this program reads '{Format}'.")
                : Fail(CompiledCodes.NotCompiled, whole, "This is not a compiled pipeline.");
        }

        return Model(root, whole).Then(pipeline => PipelineBinder.Bind(pipeline, catalog, BindingOverrides.None)
            .Then(graph => Unchanged(graph, root, whole))
            .Then(graph => overrides == BindingOverrides.None ? Result.Success(graph) : PipelineBinder.Bind(pipeline, catalog, overrides)));
    }

    private static Result<ExpandedPipeline> Model(JsonElement root, SourceSpan whole)
    {
        if (root.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.Object
            && source.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array
            && source.TryGetProperty("uses", out var uses) && source.TryGetProperty("model", out var model))
        {
            var reader = new ModelReader([.. files.EnumerateArray().Select(f => f.ValueKind == JsonValueKind.String ? f.GetString()! : "")]);
            reader.Uses(uses);
            var pipeline = reader.Read(model);
            return reader.Damaged is { } entry ? Result.Failure<ExpandedPipeline>(Damage(whole, entry)) : Result.Success(pipeline);
        }

        return Result.Failure<ExpandedPipeline>(Damage(whole, "source"));
    }

    /// <summary>The graph, if it is the one in the file: with other components, other defaults would run than were checked.</summary>
    private static Result<Graph> Unchanged(Graph graph, JsonElement root, SourceSpan whole)
    {
        using var bound = JsonDocument.Parse(Bytes(json => GraphWriter.Write(graph, json), Layout));
        if (!root.TryGetProperty("graph", out var compiled) || compiled.ValueKind != JsonValueKind.Object)
        {
            return Result.Failure<Graph>(Damage(whole, "graph"));
        }

        if (JsonElement.DeepEquals(compiled, bound.RootElement))
        {
            return Result.Success(graph);
        }

        return Fail(
            CompiledCodes.Stale, whole, $"{GraphDifference.Of(compiled, bound.RootElement)} is not as it was when the pipeline was compiled: the components of this program have changed since.");
    }

    private static Diagnostic Damage(SourceSpan whole, string entry) =>
        new(CompiledCodes.Damaged, whole, $"The entry '{entry}' is missing or damaged.", Remedy);

    private static Result<Graph> Fail(string code, SourceSpan where, string sentence) => Result.Failure<Graph>(new Diagnostic(code, where, sentence, Remedy));

    private static byte[] Bytes(Action<Utf8JsonWriter> write, JsonWriterOptions layout)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, layout))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
