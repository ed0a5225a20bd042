using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Reads one bar.</summary>
internal sealed class BarReader(SectionReader sections, Findings findings, bool mustExist)
{
    /// <summary>Keys that every bar has.</summary>
    public static readonly string[] Required = ["pipeline", "seeds", "statistic", "atLeast", "source", "tier"];

    /// <summary>The bar; null when it cannot be read, which is reported.</summary>
    public Bar? Read(TextNode node)
    {
        if (sections.Expect<MappingNode>(node, "A bar", "its keys, '- pipeline: file.yaml' first") is not { } mapping)
        {
            return null;
        }

        var fields = sections.Fields(mapping, PipelineKeys.Bar, TextCodes.UnknownBarKey, "A bar");
        foreach (var key in Required.Where(k => !fields.ContainsKey(k)))
        {
            findings.Add(TextCodes.MissingBarKey, mapping.Where, $"The bar has no '{key}'.", $"Add '{key}: {Example(key)}'.");
        }

        var pipeline = Text(fields, "pipeline");
        var path = pipeline is null ? null : PathOf(pipeline);
        var settings = Settings(fields);
        var seeds = new SeedsReader(sections, findings, TextCodes.BadBarValue).Read(fields.GetValueOrDefault("seeds"));
        var steps = Count(fields, "steps");
        var at = Count(fields, "at");
        var measure = Choice<Measure>(fields, "measure") ?? Measure.Return;
        var statistic = Choice<Statistic>(fields, "statistic");
        var atLeast = Number(fields, "atLeast");
        var atMost = Number(fields, "atMost");
        var random = Number(fields, "random");
        var optimum = Number(fields, "optimum");
        var tier = Choice<Tier>(fields, "tier");
        var source = fields.TryGetValue("source", out var text) ? sections.Expect<ScalarNode>(text, "'source'", "one sentence") : null;
        if (measure != Measure.Return && at is not null)
        {
            findings.Add(TextCodes.BadBarValue, at.Where, $"'measure: {OptionText.Kebab($"{measure}")}' is of the average over a whole run, not of a step on the way.", "Remove 'at', or shorten the run by 'steps'.");
        }

        CheckOrder(steps, at, atLeast, optimum);
        if (atLeast is not null && atMost is not null && atLeast.Value > atMost.Value)
        {
            findings.Add(TextCodes.BadBarValue, atMost.Where, $"No figure is at least {atLeast} and at most {atMost}.", "Lower 'atLeast', or raise 'atMost'.");
        }

        return pipeline is null || path is null || seeds is null || statistic is null || atLeast is null || source is null || tier is null
            ? null
            : new(pipeline, path, settings, seeds.Value, steps, at, measure, statistic.Value, atLeast, atMost, random?.Value, optimum?.Value, source.Text, tier.Value, mapping.Where);
    }

    private static string Example(string key) => key switch
    {
        "pipeline" => "file.yaml",
        "seeds" => "1..3",
        "steps" or "at" => "1_000_000",
        "statistic" => "mean",
        "source" => "where the figure comes from",
        "tier" => "full",
        _ => "-25.5",
    };

    private Located<string>? Text(Dictionary<string, TextNode> fields, string key) =>
        sections.Fixed(fields.GetValueOrDefault(key), $"'{key}'", $"'{key}: {Example(key)}'");

    private string? PathOf(Located<string> pipeline)
    {
        var path = Path.Combine(Path.GetDirectoryName(pipeline.Where.File) ?? "", pipeline.Value);
        if (mustExist && !File.Exists(path))
        {
            findings.Add(TextCodes.BarPipelineNotFound, pipeline.Where, $"There is no file {Findings.Quote(path)}.", "Name a pipeline file, relative to this one.");
            return null;
        }

        return path;
    }

    /// <summary>Whether the pipeline has such parameters is seen when it is bound.</summary>
    private Located<Values<(string Name, string Value)>>? Settings(Dictionary<string, TextNode> fields)
    {
        if (!fields.TryGetValue("set", out var node) || sections.Expect<MappingNode>(node, "'set'", "'set: { agents: 4 }'") is not { } mapping)
        {
            return null;
        }

        var settings = new List<(string, string)>();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.Text == "seed")
            {
                findings.Add(TextCodes.BadBarValue, entry.Key.Where, "A bar's seeds are listed by 'seeds', one run each.", "Remove 'seed' from 'set'.");
            }
            else if (sections.Fixed(entry.Value, $"'{entry.Key.Text}'", $"'{entry.Key.Text}: 4'") is { } value)
            {
                settings.Add((entry.Key.Text, value.Value));
            }
        }

        return new(settings.ToValues(), node.Where);
    }

    private Located<long>? Count(Dictionary<string, TextNode> fields, string key)
    {
        if (Text(fields, key) is not { } text)
        {
            return null;
        }

        if (OptionText.TryInteger(text.Value, out var value) && value > 0)
        {
            return new(value, text.Where);
        }

        Bad(text.Where, key, Findings.Quote(text.Value), "a whole number above 0", Example(key));
        return null;
    }

    private Located<double>? Number(Dictionary<string, TextNode> fields, string key)
    {
        if (Text(fields, key) is not { } text)
        {
            return null;
        }

        if (OptionText.TryNumber(text.Value, out var value))
        {
            return new(value, text.Where);
        }

        Bad(text.Where, key, Findings.Quote(text.Value), "a number", Example(key));
        return null;
    }

    private TChoice? Choice<TChoice>(Dictionary<string, TextNode> fields, string key)
        where TChoice : struct, Enum
    {
        if (Text(fields, key) is not { } text)
        {
            return null;
        }

        var words = Enum.GetNames<TChoice>().Select(OptionText.Kebab).ToList();
        if (words.IndexOf(text.Value) is var index and >= 0)
        {
            return Enum.GetValues<TChoice>()[index];
        }

        findings.Add(
            TextCodes.BadBarValue, text.Where, $"'{key}' must be {string.Join(" or ", words)}, but is {Findings.Quote(text.Value)}.",
            Nearest.Remedy(text.Value, words, "words"));
        return null;
    }

    private void CheckOrder(Located<long>? steps, Located<long>? at, Located<double>? atLeast, Located<double>? optimum)
    {
        if (steps is not null && at is not null && at.Value > steps.Value)
        {
            findings.Add(TextCodes.BadBarValue, at.Where, $"The bar is judged at step {at}, but the run ends at {steps}.", "Lower 'at', or raise 'steps'.");
        }

        if (atLeast is not null && optimum is not null && atLeast.Value > optimum.Value)
        {
            findings.Add(TextCodes.BadBarValue, atLeast.Where, "The bar is above the optimum, so nothing can pass it.", "Lower 'atLeast', or correct 'optimum'.");
        }
    }

    private void Bad(SourceSpan where, string key, string found, string expected, string example) =>
        findings.Add(TextCodes.BadBarValue, where, $"'{key}' must be {expected}, but is {found}.", $"Write '{key}: {example}'.");
}
