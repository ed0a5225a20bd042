using System.Text;
using Marl.Actors.Build.Requests;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Rendering;

namespace Marl.Actors.Build.Outputs;

/// <summary>Writes what a pass makes. A file that would stay as it is, is left alone: later steps of the build go by its time.</summary>
internal sealed class OutputFiles(BuildRequest request)
{
    private readonly List<Diagnostic> findings = [];

    /// <summary>What the file system refused.</summary>
    public IReadOnlyList<Diagnostic> Findings => findings;

    /// <summary>The compiled pipeline and its graph.</summary>
    public void Write(PipelineItem item, FileExamination pipeline)
    {
        Write(Compiled(item), CompiledPipeline.Write(pipeline, request.Relative));
        Write(GraphOf(item), Encoding.UTF8.GetBytes(GraphText.Arrows(pipeline.Verdict.Value.Graph!)));
    }

    /// <summary>What an earlier build made of a file that is no pipeline any more.</summary>
    public void Remove(PipelineItem item)
    {
        try
        {
            File.Delete(Compiled(item));
            File.Delete(GraphOf(item));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written there.
        }
        catch (Exception fault) when (FileFaults.IsFault(fault))
        {
            findings.Add(FileFaults.Of(Compiled(item), fault));
        }
    }

    /// <summary>A text file.</summary>
    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    private string Compiled(PipelineItem item) => Path.Combine(request.Folder, item.Name + CompiledPipeline.Extension);

    private string GraphOf(PipelineItem item) => Path.Combine(request.Folder, item.Name + ".graph.txt");

    private void Write(string path, byte[] content)
    {
        if (File.Exists(path) && WholeFile.Read(path).Match(old => old.AsSpan().SequenceEqual(content), _ => false))
        {
            return;
        }

        findings.AddRange(WholeFile.Folder(Path.GetDirectoryName(path)!).Then(_ => WholeFile.Write(path, content)).Diagnostics);
    }
}
