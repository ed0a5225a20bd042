using System.Text.Json;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>Reads what <see cref="ModelWriter"/> wrote. The first entry that cannot be read is remembered; from there on nothing counts.</summary>
/// <param name="files">The files that places lie in.</param>
internal sealed class ModelReader(IReadOnlyList<string> files)
{
    private static readonly Located<string> Nothing = new("", SourceSpan.None);

    private readonly List<PlaceOfUse> uses = [];

    /// <summary>The name of the first entry that is missing or has the wrong form; null when all is well.</summary>
    public string? Damaged { get; private set; }

    /// <summary>Reads the places at which parts are used; the others refer to them.</summary>
    public void Uses(JsonElement list)
    {
        foreach (var use in Items(list, "uses"))
        {
            uses.Add(new(Place(use, "uses", 0)));
        }
    }

    /// <summary>The model; it counts only if nothing is <see cref="Damaged"/>.</summary>
    public ExpandedPipeline Read(JsonElement model)
    {
        var pipeline = new ExpandedPipeline(File(model), List(model, "arguments", Argument), [], [], [], [], [], []);
        CheckNames(pipeline.File.Stages);
        return pipeline;
    }

    /// <summary>Stages name stages that are there: the passes after the parts rely on it.</summary>
    private void CheckNames(Values<StageDeclaration> stages)
    {
        var names = stages.Select(s => s.Id.Value).ToHashSet();
        foreach (var stage in stages)
        {
            var isOwned = stage.Each is not { Value: var each } || names.Contains(each[..Math.Max(0, each.IndexOf('.'))]);
            if (!isOwned || stage.Inputs.Any(i => i.Sources.Any(s => !names.Contains(s.Stage.Value))))
            {
                Damage(stage.Id.Value, stage);
            }
        }
    }

    private PipelineFile File(JsonElement model) => new(
        Text(model, "name"),
        Optional(model, "summary"),
        List(model, "parameters", Parameter),
        List(model, "stages", Stage),
        Settings(model, "stop"),
        Settings(model, "evaluate"),
        Settings(model, "checkpoint"),
        Settings(model, "place"),
        Place(Entry(model, "at"), "at", 0))
    {
        Durable = Optional(model, "durable") is { } durable ? new(durable.Value == "true", durable.Where) : null,
        Determinate = Optional(model, "determinate") is { } determinate ? new(determinate.Value == "true", determinate.Where) : null,
    };

    private ParameterDeclaration Parameter(JsonElement parameter) =>
        new(Text(parameter, "name"), Text(parameter, "type"), Optional(parameter, "default"), Optional(parameter, "range"));

    private PartArgument Argument(JsonElement argument) => new(
        String(Entry(argument, "name"), "name"),
        Parameter(Entry(argument, "declaration")),
        Find(argument, "given") is { } given ? Value(given) : null,
        Optional(argument, "use") is { } use ? new(use, Nothing, null, null, [], []) : null);

    private StageDeclaration Stage(JsonElement stage) => new(
        Text(stage, "id"),
        Text(stage, "uses"),
        Optional(stage, "each"),
        Find(stage, "copies") is { } copies ? Value(copies) : null,
        List(stage, "with", Setting),
        List(stage, "in", Input))
    {
        Shards = Find(stage, "shards") is { } shards ? Value(shards) : null,
        Scope = Find(stage, "scope") is { } scope ? String(scope, "scope") : "",
    };

    private InputDeclaration Input(JsonElement input) => new(Text(input, "port"), List(input, "from", Source));

    private SourceDeclaration Source(JsonElement source) => new(Text(source, "stage"), Text(source, "port"), List(source, "through", Operator));

    private OperatorCall Operator(JsonElement call) => new(Text(call, "name"), List(call, "with", Setting));

    private Values<Setting>? Settings(JsonElement owner, string name) => Find(owner, name) is null ? null : List(owner, name, Setting);

    private Setting Setting(JsonElement setting) => new(Text(setting, "name"), Value(Entry(setting, "value")));

    private SettingValue Value(JsonElement value)
    {
        var where = Place(Entry(value, "at"), "at", 0);
        if (Find(value, "parameter") is { } parameter)
        {
            return new([], false, String(parameter, "parameter"), where);
        }

        var isList = Find(value, "list") is not null;
        return new(List(value, isList ? "list" : "scalar", e => Located(e, "scalar")), isList, null, where);
    }

    private Located<string> Text(JsonElement owner, string name) => Located(Entry(owner, name), name);

    private Located<string>? Optional(JsonElement owner, string name) => Find(owner, name) is { } entry ? Located(entry, name) : null;

    private Located<string> Located(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() > 0
            ? new(String(entry[0], name), Place(entry, name, 1))
            : Damage(name, Nothing);

    private SourceSpan Place(JsonElement array, string name, int first)
    {
        Span<int> numbers = stackalloc int[4];
        var count = 0;
        foreach (var number in Items(array, name).Skip(first))
        {
            if (count == numbers.Length || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out numbers[count++]))
            {
                return Damage(name, SourceSpan.None);
            }
        }

        return PlaceTable.Place(numbers[..count], files, uses) ?? Damage(name, SourceSpan.None);
    }

    private Values<T> List<T>(JsonElement owner, string name, Func<JsonElement, T> read) => Items(Entry(owner, name), name).Select(read).ToValues();

    private IEnumerable<JsonElement> Items(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Damage<IEnumerable<JsonElement>>(name, []);

    private string String(JsonElement entry, string name) => entry.ValueKind == JsonValueKind.String ? entry.GetString()! : Damage(name, "");

    private JsonElement Entry(JsonElement owner, string name) => Find(owner, name) ?? Damage(name, default(JsonElement));

    private static JsonElement? Find(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var entry) ? entry : null;

    private T Damage<T>(string name, T instead)
    {
        Damaged ??= name;
        return instead;
    }
}
