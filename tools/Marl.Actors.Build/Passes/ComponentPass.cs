using Marl.Actors.Build.Components;
using Marl.Actors.Build.Outputs;
using Marl.Actors.Build.Requests;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Schema;

namespace Marl.Actors.Build.Passes;

/// <summary>After compilation: the files that name components of the project, with these components.</summary>
internal sealed class ComponentPass(BuildRequest request)
{
    private readonly OutputFiles outputs = new(request);

    public IReadOnlyList<Diagnostic> Run()
    {
        var own = ProjectComponents.Of(request);
        if (own.Findings.Count > 0)
        {
            return own.Findings;
        }

        outputs.Write(request.Catalog, CatalogFile.Write(own));
        foreach (var schema in request.Schemas)
        {
            outputs.Write(schema, PipelineSchema.Write(own.Catalog));
        }

        List<Diagnostic> findings = [.. request.Pipelines.SelectMany(item => Check(item, own))];
        return [.. findings, .. outputs.Findings];
    }

    private IReadOnlyList<Diagnostic> Check(PipelineItem item, ProjectComponents own)
    {
        var before = FileCheck.Examine(item.Path, BuiltIn.Catalog);
        if (!OwnNames.MayBeIn(before))
        {
            return []; // the first pass has said all there is to say
        }

        Garbage.Collect();
        try
        {
            var examined = FileCheck.Examine(item.Path, own.Catalog);
            if (examined.Verdict is { IsSuccess: true, Value.Graph: not null })
            {
                outputs.Write(item, examined);
            }

            return examined.Verdict.Diagnostics;
        }
        catch (ComponentFault fault)
        {
            return [fault.At(before)];
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // What a component says of itself does not go together: its signature leaves a port out, say.
            return [new(CheckerCodes.Component, SourceSpan.Whole(item.Path), $"A component of this project cannot be used as it says: {Lines.Words(fault)}.", "Repair it in C#.")];
        }
    }
}
