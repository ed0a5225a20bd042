using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Compiled.CSharp;

/// <summary>What the C# of a pipeline is made from.</summary>
/// <param name="File">The model, parts expanded.</param>
/// <param name="CompiledFile">The compiled pipeline, relative to the program: <c>pipelines/mappo-spread.json</c>.</param>
/// <param name="SourceFile">The pipeline file, relative to the project.</param>
public sealed record HandleSource(PipelineFile File, string CompiledFile, string SourceFile)
{
    /// <summary>The name of the record.</summary>
    public string ClassName => new MemberNames(HandleFile.Holder).Of(File.Name.Value, "Pipeline");
}
