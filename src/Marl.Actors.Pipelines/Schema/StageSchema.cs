using System.Text.Json.Nodes;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schema of <c>stages:</c>: one alternative for each component, told apart by what the stage uses.</summary>
internal sealed class StageSchema(ComponentCatalog catalog, JsonObject definitions)
{
    /// <summary>The name of the definition that the files refer to.</summary>
    public const string Name = "stages";

    private const string PartPath = @"\.{1,2}/.*|.*\.[yY][aA]?[mM][lL]";

    private readonly Dictionary<OptionsSchema, string> options = [];

    /// <summary>The section.</summary>
    public JsonObject All()
    {
        var ids = catalog.Components.Keys.ToList();
        var stage = new JsonObject
        {
            ["description"] = "A node of the graph: what it uses, with which options, and who feeds it.",
            ["type"] = "object",
            ["properties"] = new JsonObject { ["uses"] = Known(ids) },
            ["required"] = new JsonArray("uses"),
            ["anyOf"] = new JsonArray([.. catalog.Components.Values.Select(Alternative), Part(), Unknown(ids)]),
        };
        return Scalars.Named("The nodes of the graph, by name, in any order.", stage);
    }

    private static JsonObject Known(IReadOnlyList<string> ids) => Scalars.Pattern(
        "A component of the catalog, or the path of a part: ./parts/name.yaml.",
        ["string"],
        $"^({string.Join('|', ids)}|{PartPath})$",
        $"There is no such component. Known components: {string.Join(", ", ids)}.");

    /// <summary>
    /// What a part takes stands in its own file, which a schema cannot read. No key is refused: editors would then judge the stage
    /// by some component instead.
    /// </summary>
    private static JsonObject Part() => new()
    {
        ["properties"] = new JsonObject
        {
            ["uses"] = Scalars.Pattern("The path of a part, from this file.", ["string"], $"^({PartPath})$", "Write ./parts/name.yaml."),
            ["with"] = new JsonObject { ["description"] = "The part's parameters.", ["type"] = "object" },
            ["in"] = Scalars.Named("Who feeds each input of the part.", EdgeSchema.Several("An input of the part.")),
        },
    };

    /// <summary>Of a stage that uses nothing known, nothing more is said: any other alternative would be a guess.</summary>
    private static JsonObject Unknown(IReadOnlyList<string> ids) => new()
    {
        ["properties"] = new JsonObject
        {
            ["uses"] = new JsonObject
            {
                ["not"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["enum"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) },
                        new JsonObject { ["type"] = "string", ["pattern"] = $"^({PartPath})$" }),
                },
            },
        },
    };

    private JsonObject Alternative(Component component)
    {
        definitions[component.Id] = Stage(component);
        return Reference(component.Id);
    }

    private JsonObject Stage(Component component)
    {
        var properties = new JsonObject
        {
            ["uses"] = new JsonObject
            {
                ["description"] = component.Summary,
                ["markdownDescription"] = ComponentMarkdown.Of(component),
                ["enum"] = new JsonArray(component.Id),
            },
        };
        if (component.AllowsEach)
        {
            properties["each"] = Each(Scalars.NamePattern, "Makes one actor for each member of another stage's list.", "Write stage.domain, as in world.agents.");
        }
        else if (!component.AllowsCopies)
        {
            properties["each"] = Each(ShardNames.Domain, "Makes one actor for each shard of a world.", "Write stage.shards, as in world.shards.");
        }

        if (component.AllowsCopies)
        {
            properties["copies"] = OptionSchema.Of(StagePass.Copies);
            properties["shards"] = OptionSchema.Of(StagePass.Shards);
        }

        if (component.Options.Options.Count > 0)
        {
            properties["with"] = Options(component);
        }

        if (component.Inputs.Count > 0)
        {
            properties["in"] = Inputs(component);
        }

        var required = new List<string> { "uses" };
        required.AddRange(component.Options.Options.Any(o => o.IsRequired) ? ["with"] : []);
        required.AddRange(component.Inputs.Any(p => p.Required) ? ["in"] : []);
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        OptionSchema.Require(schema, required);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Each(string domain, string help, string remedy) =>
        Scalars.Pattern(help, ["string"], $@"^{Scalars.NamePattern}(\.{Scalars.NamePattern}){{0,1}}\.{domain}$", remedy);

    /// <summary>Components of a family share their options, and so their schema.</summary>
    private JsonObject Options(Component component)
    {
        if (!options.TryGetValue(component.Options, out var name))
        {
            name = $"{component.Id} with";
            options.Add(component.Options, name);
            definitions[name] = OptionSchema.Of(component.Options, "The component's options.");
        }

        return Reference(name);
    }

    private JsonObject Inputs(Component component)
    {
        var ports = new JsonObject();
        foreach (var port in component.Inputs)
        {
            ports[port.Name] = EdgeSchema.Of(port);
        }

        var schema = new JsonObject { ["description"] = "Who feeds each input port.", ["type"] = "object", ["properties"] = ports };
        OptionSchema.Require(schema, component.Inputs.Where(p => p.Required).Select(p => p.Name));
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{Uri.EscapeDataString(name.Replace("~", "~0").Replace("/", "~1"))}" };
}
