using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>A sweep with its pipeline and all parts, ready to be put into a folder of its own: <c>sweep.yaml</c> beside <c>pipeline.yaml</c>.</summary>
public static class SweepBundle
{
    /// <summary>The sweep's name in the folder.</summary>
    public const string Root = "sweep.yaml";

    /// <summary>The files, the sweep first; or why one of them cannot be read.</summary>
    /// <param name="path">The sweep file.</param>
    /// <param name="pipelinePath">Its pipeline file.</param>
    public static Result<Values<BundledFile>> Of(string path, string pipelinePath)
    {
        var source = TextSource.Read(path);
        if (source.Findings.Result(source.Root) is { IsSuccess: false } broken)
        {
            return Result.Failure<Values<BundledFile>>(broken.Diagnostics);
        }

        var of = (source.Root as MappingNode)?.Entries.FirstOrDefault(e => e.Key.Text == "of")?.Value as ScalarNode;
        var content = of is null || PartPath.Of(Root, of.Text) == PipelineBundle.Root
            ? WholeFile.Read(path)
            : Result.Success(Encoding.UTF8.GetBytes($"{source.Characters![..of.Start]}{PipelineBundle.Root}{source.Characters[of.End..]}"));
        return content.Then(bytes => PipelineBundle.Of(pipelinePath).Map<Values<BundledFile>>(files => [new(Root, bytes), .. files]));
    }
}
