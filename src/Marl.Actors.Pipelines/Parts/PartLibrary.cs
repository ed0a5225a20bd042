using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;
using Findings = Marl.Actors.Pipelines.Binding.Findings;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>The part files that one compilation reads: each once, however often it is used.</summary>
internal sealed class PartLibrary(Findings findings)
{
    private readonly Dictionary<string, Result<PartFile>> read = new(StringComparer.Ordinal);

    /// <summary>The part that a stage uses; null when there is none that could be read, which is reported.</summary>
    /// <param name="path">The file.</param>
    /// <param name="uses">What the stage says, at its place.</param>
    public PartFile? Find(string path, Located<string> uses)
    {
        if (Path.IsPathRooted(uses.Value))
        {
            findings.Error(
                PartCodes.AbsolutePath, uses.Where, $"'{uses}' is a path of one machine.", "Write the path from this file to the part: ./parts/name.yaml.");
            return null;
        }

        if (!File.Exists(path))
        {
            findings.Error(PartCodes.NotFound, uses.Where, $"There is no file '{path}'.", TextFile.Neighbours(path));
            return null;
        }

        if (!read.TryGetValue(path, out var part))
        {
            read[path] = part = PartReader.Read(path);
        }

        var use = new PlaceOfUse(uses.Where);
        findings.Add(part.Diagnostics.Select(d => new Diagnostic(d.Code, d.Where with { Use = use }, d.Sentence, d.Remedy, d.Severity)));
        return part.IsSuccess ? part.Value : null;
    }
}
