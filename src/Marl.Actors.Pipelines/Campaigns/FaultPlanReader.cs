using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Reads fault plans: a list below <c>faults:</c>, and <c>save:</c>; as strict as pipeline files.</summary>
public static class FaultPlanReader
{
    private static readonly Values<string> Keys = ["faults", "save"];

    /// <summary>Reads a fault plan.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    public static Result<FaultPlan> Read(string path) => Plan(TextSource.Read(path));

    /// <summary>Reads the text of a fault plan.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    public static Result<FaultPlan> Parse(string text, string fileName) => Plan(TextSource.Parse(text, fileName));

    /// <summary>The plan of a text that is read already.</summary>
    internal static Result<FaultPlan> Plan(TextSource source)
    {
        var findings = source.Findings;
        var plan = FaultPlan.None;
        var sections = new SectionReader(findings);
        if (source.Root is not null && sections.Expect<MappingNode>(source.Root, "A fault plan", "'faults:' and a list below") is { } mapping)
        {
            var fields = sections.Fields(mapping, Keys, FaultPlanCodes.UnknownKey, "A fault plan");
            if (!fields.TryGetValue("faults", out var list))
            {
                findings.Add(FaultPlanCodes.MissingKey, mapping.Where, "The file has no faults.", "Add 'faults:' and a list below.");
            }
            else if (sections.Expect<SequenceNode>(list, "'faults'", "a list, '- kind: drop' first") is { } items)
            {
                plan = Plan(items, new(sections, findings), fields.GetValueOrDefault("save"));
            }
        }

        return findings.Result<object>(plan).Map(_ => plan);
    }

    private static FaultPlan Plan(SequenceNode items, FaultReader reader, TextNode? save)
    {
        var read = items.Items.Select(reader.Read).ToArray();
        var crashes = read.OfType<Crash>().ToValues();
        return new(read.OfType<Fault>().ToValues()) { Crashes = crashes, Saves = reader.Save(save, hasCrashes: read.Any(r => r is null or Crash)) };
    }
}
