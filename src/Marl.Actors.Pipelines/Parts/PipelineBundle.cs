using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Where it belongs, from the bundle's folder, with forward slashes.</param>
/// <param name="Content">Its text in UTF-8.</param>
public sealed record BundledFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>
/// A pipeline with all the parts it uses, ready to be put into a folder of its own: the pipeline as <c>pipeline.yaml</c>, the
/// parts below <c>pipeline.parts/</c>. Only the paths after <c>uses:</c> are changed, so that they lead to the copies.
/// </summary>
public sealed class PipelineBundle
{
    /// <summary>The pipeline's name in the folder.</summary>
    public const string Root = "pipeline.yaml";

    /// <summary>The folder of the parts.</summary>
    public const string Parts = "pipeline.parts";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Queue<(string Path, string Name)> open = new();

    private PipelineBundle()
    {
    }

    /// <summary>The files, the pipeline first; or why one of them cannot be read.</summary>
    /// <param name="path">The pipeline file.</param>
    public static Result<Values<BundledFile>> Of(string path) => new PipelineBundle().Collect(path);

    private Result<Values<BundledFile>> Collect(string path)
    {
        var files = new List<BundledFile>();
        names.Add(Path.GetFullPath(path), Root);
        open.Enqueue((path, Root));
        while (open.TryDequeue(out var next))
        {
            var source = TextSource.Read(next.Path);
            if (source.Findings.Result(source.Root) is { IsSuccess: false } broken)
            {
                return Result.Failure<Values<BundledFile>>(broken.Diagnostics);
            }

            var relinked = Relinked(source, next.Path, next.Name);
            var content = relinked is null ? WholeFile.Read(next.Path) : Result.Success(Encoding.UTF8.GetBytes(relinked));
            if (!content.IsSuccess)
            {
                return Result.Failure<Values<BundledFile>>(content.Diagnostics);
            }

            files.Add(new(next.Name, content.Value));
        }

        return Result.Success(files.ToValues());
    }

    /// <summary>The text with the paths of parts as they are in the bundle; null when they are so already, and not a byte needs to change.</summary>
    private string? Relinked(TextSource source, string path, string name)
    {
        var text = new StringBuilder(source.Characters);
        var isChanged = false;
        foreach (var uses in Uses(source.Root!).OrderByDescending(u => u.Start))
        {
            var target = NameOf(PartPath.Of(path, uses.Text));
            if (PartPath.Of(name, uses.Text).Replace('\\', '/') != target)
            {
                var link = name == Root ? $"./{target}" : $"./{target[(Parts.Length + 1)..]}";
                isChanged = true;
                text.Remove(uses.Start, uses.End - uses.Start).Insert(uses.Start, ScalarText.Write(link, isInFlow: true));
            }
        }

        return isChanged ? text.ToString() : null;
    }

    private string NameOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (names.TryGetValue(full, out var known))
        {
            return known;
        }

        var stem = Path.GetFileNameWithoutExtension(path);
        var name = $"{Parts}/{stem}.yaml";
        for (var i = 2; names.ContainsValue(name); i++)
        {
            name = $"{Parts}/{stem}-{i}.yaml";
        }

        names.Add(full, name);
        open.Enqueue((path, name));
        return name;
    }

    private static IEnumerable<ScalarNode> Uses(TextNode root) =>
        from section in (root as MappingNode)?.Entries ?? []
        where section.Key.Text == "stages"
        from stage in (section.Value as MappingNode)?.Entries ?? []
        from entry in (stage.Value as MappingNode)?.Entries ?? []
        where entry.Key.Text == "uses" && entry.Value is ScalarNode scalar && PartPath.IsPath(scalar.Text)
        select (ScalarNode)entry.Value;
}
