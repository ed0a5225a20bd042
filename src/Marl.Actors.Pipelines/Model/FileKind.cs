using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>The kinds of file there are. A file says by its first key which it is.</summary>
public enum FileKind
{
    /// <summary><c>pipeline:</c> — an experiment.</summary>
    Pipeline,

    /// <summary><c>part:</c> — a sub-graph that pipelines use.</summary>
    Part,

    /// <summary><c>sweep:</c> — runs of one pipeline under many parameters.</summary>
    Sweep,

    /// <summary><c>bars:</c> — what pipelines must learn.</summary>
    Bars,

    /// <summary><c>faults:</c> — what a simulated network does.</summary>
    FaultPlan,
}

/// <summary>Tells the kinds of file apart.</summary>
internal static class FileKinds
{
    private static readonly (FileKind Kind, string Key, string Noun)[] All =
    [
        (FileKind.Pipeline, "pipeline", "a pipeline"),
        (FileKind.Part, "part", "a part"),
        (FileKind.Sweep, "sweep", "a sweep"),
        (FileKind.Bars, "bars", "a list of bars"),
        (FileKind.FaultPlan, "faults", "a fault plan"),
    ];

    /// <summary>The kind of a file: a pipeline where a key says so or none says anything, else what the first key says that says something.</summary>
    public static FileKind Of(TextNode? root) => Said(root)?.Kind ?? FileKind.Pipeline;

    /// <summary>Whether a file says that it is of another kind than the one that is wanted, which is reported.</summary>
    public static bool IsOther(MappingNode root, FileKind wanted, Findings findings)
    {
        if (Said(root) is not { } said || said.Kind == wanted || root.Entries.Any(e => e.Key.Text == All[(int)wanted].Key))
        {
            return false;
        }

        findings.Add(
            TextCodes.OtherKindOfFile, said.Where, $"This file is {All[(int)said.Kind].Noun}, not {All[(int)wanted].Noun}.", $"Name a file that begins with '{All[(int)wanted].Key}:'.");
        return true;
    }

    private static (FileKind Kind, SourceSpan Where)? Said(TextNode? root)
    {
        var keys = (root as MappingNode)?.Entries.Select(e => e.Key) ?? [];
        foreach (var key in keys.OrderByDescending(k => k.Text == "pipeline"))
        {
            var index = Array.FindIndex(All, kind => kind.Key == key.Text);
            if (index >= 0)
            {
                return (All[index].Kind, key.Where);
            }
        }

        return null;
    }
}
