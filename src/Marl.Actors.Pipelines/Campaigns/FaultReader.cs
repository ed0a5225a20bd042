using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Reads one item of a fault plan.</summary>
internal sealed class FaultReader(SectionReader sections, Findings findings)
{
    private const int Longest = 1000;
    private const string EachUpdate = "each-update";
    private const string Never = "never";

    /// <summary>Keys of a fault.</summary>
    public static readonly Values<string> Keys = ["kind", "edge", "probability", "at", "by"];

    /// <summary>Keys of a crash.</summary>
    public static readonly Values<string> CrashKeys = ["crash", "probability", "at"];
    private static readonly string[] Kinds = [.. Enum.GetNames<FaultKind>().Select(OptionText.Kebab)];

    /// <summary>A <see cref="Fault"/> or a <see cref="Crash"/>; null when it cannot be read, which is reported.</summary>
    public object? Read(TextNode node)
    {
        if (sections.Expect<MappingNode>(node, "A fault", "its keys, '- kind: drop' or '- crash: learner' first") is not { } mapping)
        {
            return null;
        }

        var isCrash = mapping.Entries.Any(e => e.Key.Text == "crash");
        var fields = sections.Fields(mapping, isCrash ? CrashKeys : Keys, FaultPlanCodes.UnknownKey, isCrash ? "A crash" : "A fault");
        if (!fields.ContainsKey("probability") && !fields.ContainsKey("at"))
        {
            var place = isCrash ? "third firing of each instance" : "third transmission of each link";
            findings.Add(FaultPlanCodes.MissingKey, mapping.Where, "The fault never happens.", $"Add 'probability: 0.05', or 'at: [3]' for the {place}.");
        }

        return isCrash ? Crash(fields) : Fault(mapping, fields);
    }

    /// <summary>When stages are saved.</summary>
    public SaveRule Save(TextNode? node, bool hasCrashes)
    {
        if (sections.Fixed(node, "'save'", $"'save: {EachUpdate}'") is not { } text)
        {
            return SaveRule.EachUpdate;
        }

        if (!hasCrashes)
        {
            findings.Add(FaultPlanCodes.BadValue, text.Where, "Stages are saved for those that crash, and none does.", "Leave 'save' out, or add '- crash: learner'.");
        }

        switch (text.Value)
        {
            case EachUpdate:
                return SaveRule.EachUpdate;
            case Never:
                return SaveRule.Never;
            default:
                if (OptionText.TryInteger(text.Value, out var firings) && firings > 0)
                {
                    return new(firings);
                }

                findings.Add(
                    FaultPlanCodes.BadValue, text.Where, $"'save' must be {EachUpdate}, {Never} or a number of firings, but is {Findings.Quote(text.Value)}.",
                    $"Write 'save: {EachUpdate}'.");
                return SaveRule.EachUpdate;
        }
    }

    private static string Example(string key) => key switch
    {
        "kind" => "drop",
        "edge" => "team.rollouts -> learner.rollouts",
        "crash" => "learner",
        "probability" => "0.05",
        _ => "3",
    };

    private Crash? Crash(Dictionary<string, TextNode> fields)
    {
        var stage = Text(fields, "crash");
        var probability = Probability(fields);
        var at = Places(fields);
        return stage is null || probability is null ? null : new(stage, probability.Value, at);
    }

    private Fault? Fault(MappingNode mapping, Dictionary<string, TextNode> fields)
    {
        foreach (var key in new[] { "kind", "edge" }.Where(k => !fields.ContainsKey(k)))
        {
            findings.Add(FaultPlanCodes.MissingKey, mapping.Where, $"The fault has no '{key}'.", $"Add '{key}: {Example(key)}'.");
        }

        var kind = Kind(fields);
        var edge = Text(fields, "edge");
        var probability = Probability(fields);
        var at = Places(fields);
        var by = Text(fields, "by") is { } text ? Whole(text, "by", Longest) : 1;
        if (kind is { } known and not FaultKind.Delay && fields.TryGetValue("by", out var stray))
        {
            findings.Add(FaultPlanCodes.BadValue, stray.Where, $"Only a delay has 'by', and this is {Findings.Quote(OptionText.Kebab(known.ToString()))}.", "Leave 'by' out, or write 'kind: delay'.");
        }

        return kind is null || edge is null || probability is null || by is null
            ? null
            : new(kind.Value, edge with { Value = edge.Value.Replace("->", "→", StringComparison.Ordinal) }, probability.Value, at, (int)by.Value);
    }

    private Located<string>? Text(Dictionary<string, TextNode> fields, string key) =>
        sections.Fixed(fields.GetValueOrDefault(key), $"'{key}'", $"'{key}: {Example(key)}'");

    private FaultKind? Kind(Dictionary<string, TextNode> fields)
    {
        if (Text(fields, "kind") is not { } text)
        {
            return null;
        }

        if (Array.IndexOf(Kinds, text.Value) is var index and >= 0)
        {
            return (FaultKind)index;
        }

        findings.Add(
            FaultPlanCodes.BadValue, text.Where, $"'kind' must be {string.Join(" or ", Kinds)}, but is {Findings.Quote(text.Value)}.",
            text.Value == "crash" ? "Write '- crash: learner' for a stage that crashes." : Nearest.Remedy(text.Value, Kinds, "kinds"));
        return null;
    }

    private double? Probability(Dictionary<string, TextNode> fields)
    {
        if (Text(fields, "probability") is not { } text)
        {
            return 0;
        }

        if (OptionText.TryNumber(text.Value, out var value) && value is >= 0 and <= 1)
        {
            return value;
        }

        Bad(text, "probability", "a number from 0 to 1");
        return null;
    }

    private Values<long> Places(Dictionary<string, TextNode> fields) =>
        fields.TryGetValue("at", out var node) && sections.Expect<SequenceNode>(node, "'at'", "'at: [3]'") is { } list
            ? list.Items.Select(i => sections.Fixed(i, "A place", "a whole number") is { } text ? Whole(text, "at", long.MaxValue) : null).OfType<long>().ToValues()
            : [];

    private long? Whole(Located<string> text, string key, long most)
    {
        if (OptionText.TryInteger(text.Value, out var value) && value > 0 && value <= most)
        {
            return value;
        }

        Bad(text, key, most == long.MaxValue ? "whole numbers above 0" : $"a whole number from 1 to {most}");
        return null;
    }

    private void Bad(Located<string> text, string key, string expected) => findings.Add(
        FaultPlanCodes.BadValue, text.Where, $"'{key}' must be {expected}, but is {Findings.Quote(text.Value)}.", $"Write '{key}: {(key == "at" ? "[3]" : Example(key))}'.");
}
