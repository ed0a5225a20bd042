using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>A word that edges may carry after <c>|&gt;</c> and that is no operator: it says how tokens meet, and is the binder's business.</summary>
/// <param name="Id">The word.</param>
/// <param name="Merge">What it says.</param>
/// <param name="Summary">One sentence.</param>
public sealed record MergeWord(string Id, Merge Merge, string Summary);

/// <summary>The merge words, which every catalog has.</summary>
public static class MergeWords
{
    /// <summary>All of them.</summary>
    public static Values<MergeWord> All { get; } =
    [
        new("by-step", Merge.ByStep, "Joins one token from each producer at each step; arrival order is invisible."),
        new("as-it-comes", Merge.AsItComes, "Takes the producers' tokens in order of arrival; the pipeline is then not determinate."),
        new("latest", Merge.Latest, "Reads the newest token, again and again until there is a newer one; the pipeline is then not determinate."),
    ];

    /// <summary>The word of that name, or null.</summary>
    public static MergeWord? Find(string id) => All.FirstOrDefault(w => w.Id == id);
}
