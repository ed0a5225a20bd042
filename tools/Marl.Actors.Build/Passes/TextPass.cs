using Marl.Actors.Build.Outputs;
using Marl.Actors.Build.Requests;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Compiled.CSharp;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Build.Passes;

/// <summary>
/// Before compilation: everything that can be said without the project's own components. A name that may be one of them is
/// left to the second pass, which judges it in any case; so is all that depends on it.
/// </summary>
internal sealed class TextPass(BuildRequest request)
{
    private readonly OutputFiles outputs = new(request);
    private readonly List<Diagnostic> findings = [];
    private readonly SortedSet<string> reads = new(StringComparer.Ordinal);
    private readonly List<HandleSource> handles = [];

    public IReadOnlyList<Diagnostic> Run()
    {
        foreach (var item in request.Pipelines)
        {
            Check(item);
        }

        Garbage.Collect();
        CheckNames();
        if (findings.TrueForAll(f => f.Severity != Severity.Error))
        {
            outputs.Write(request.Reads, string.Concat(reads.Select(file => file + "\n")));
            if (request.Code.Length > 0)
            {
                outputs.Write(request.Code, HandleFile.Write(handles, BuiltIn.Catalog, request.Namespace, request.IsPublic));
            }
        }

        return [.. findings, .. outputs.Findings];
    }

    private void Check(PipelineItem item)
    {
        var examined = FileCheck.Examine(item.Path, BuiltIn.Catalog);
        Garbage.Collect();
        reads.UnionWith(examined.Files);
        if (examined.Pipeline is { } pipeline)
        {
            handles.Add(new(pipeline, item.Name + Pipelines.Compiled.CompiledPipeline.Extension, request.Relative(item.Path)));
        }
        else if (examined.Kind != FileKind.Pipeline)
        {
            outputs.Remove(item);
        }

        if (request.ComponentsFollow && OwnNames.MayBeIn(examined))
        {
            findings.AddRange(examined.Verdict.Diagnostics.Where(d => d.Severity == Severity.Error && !OwnNames.MayBe(d)));
            return;
        }

        findings.AddRange(examined.Verdict.Diagnostics);
        if (examined.Verdict is { IsSuccess: true, Value.Graph: not null })
        {
            outputs.Write(item, examined);
        }
    }

    /// <summary>No two pipelines have one name in C#, and no two files one compiled file.</summary>
    private void CheckNames()
    {
        foreach (var same in handles.GroupBy(h => h.ClassName).Where(_ => request.Code.Length > 0))
        {
            foreach (var handle in same.Skip(1))
            {
                findings.Add(new(
                    CheckerCodes.SameClass, handle.File.Name.Where, $"In C# this pipeline would be called '{handle.ClassName}', as is that of {same.First().SourceFile}.", "Rename one of them."));
            }
        }

        foreach (var same in request.Pipelines.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var item in same.Skip(1))
            {
                findings.Add(new(
                    CheckerCodes.SameFile, SourceSpan.Whole(item.Path), $"This file would be compiled to '{item.Name}.json', as would {same.First().Path}.", "Rename one of them, or give one the metadata CompiledName."));
            }
        }
    }
}
