using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>Follows an edge through the inputs and outputs of parts to the stages that feed it.</summary>
internal sealed class SourceResolver(Findings findings)
{
    private const int MostSources = 10_000;

    private readonly HashSet<(PartScope Scope, string Port)> passed = [];
    private int count;

    /// <summary>
    /// The sources behind a source, named as the graph names stages, with all operators on the way. None for an optional
    /// input of a part that is not fed; one that is marked where it leads nowhere.
    /// </summary>
    public IEnumerable<SourceDeclaration> Resolve(PartScope scope, SourceDeclaration source)
    {
        var name = source.Stage.Value;
        if (scope.Part is { } part && name == PartFile.Outside)
        {
            return Outside(scope, part, source);
        }

        if (scope.IsPart(name, out var copy))
        {
            return copy is null ? [Lost(source)] : Inside(copy, source);
        }

        if (scope.Has(name))
        {
            return [source with { Stage = source.Stage with { Value = scope.Frame.Prefix + name } }];
        }

        findings.Error(BindingCodes.UnknownStage, source.Stage.Where, $"There is no stage '{name}'.", findings.Remedy(name, scope.Names, "stages"));
        return [Lost(source)];
    }

    /// <summary>What the user of the part feeds to an input. The part's reader has seen to it that the input is declared.</summary>
    private IEnumerable<SourceDeclaration> Outside(PartScope scope, PartFile part, SourceDeclaration source)
    {
        if (scope is not { Around: { } around, Use: { } use })
        {
            return [Lost(source)];
        }

        if (use.Inputs.FirstOrDefault(i => i.Port.Value == source.Port.Value) is { } fed)
        {
            return Through(scope, source, () => fed.Sources.SelectMany(s => Resolve(around, s)))
                .Select(s => s with { Operators = [.. s.Operators, .. source.Operators] });
        }

        var isRequired = part.Inputs.FirstOrDefault(i => i.Name.Value == source.Port.Value)?.IsRequired ?? true;
        return isRequired ? [Lost(source)] : [];
    }

    /// <summary>What stands behind an output of a part, at the place of the reader: that is where the two meet.</summary>
    private IEnumerable<SourceDeclaration> Inside(PartScope copy, SourceDeclaration source)
    {
        var outputs = copy.Part!.Outputs;
        if (outputs.FirstOrDefault(o => o.Name.Value == source.Port.Value) is not { } output)
        {
            findings.Error(
                PartCodes.UnknownOutput, source.Port.Where, $"Part '{source.Stage}' has no output '{source.Port}'.", findings.Remedy(source.Port.Value, outputs.Select(o => o.Name.Value), "outputs"));
            return [Lost(source)];
        }

        return Through(copy, source, () => Resolve(copy, copy.Frame.At(output).Source))
            .Select(s => s with { Stage = s.Stage with { Where = source.Stage.Where }, Operators = [.. s.Operators, .. source.Operators] });
    }

    private List<SourceDeclaration> Through(PartScope scope, SourceDeclaration source, Func<IEnumerable<SourceDeclaration>> next)
    {
        if (++count > MostSources)
        {
            findings.Error(PartCodes.TooLarge, source.Stage.Where, "Through parts this edge has too many sources to follow.", "Use fewer parts within parts.");
            return [Lost(source)];
        }

        var door = (scope, $"{source.Stage}.{source.Port}");
        if (!passed.Add(door))
        {
            findings.Error(
                PartCodes.NoStageBehind, source.Stage.Where, $"'{source.Stage}.{source.Port}' leads through parts back to itself, and to no stage.", "Feed it from a stage.");
            return [Lost(source)];
        }

        var found = next().ToList();
        passed.Remove(door);
        return found;
    }

    private static SourceDeclaration Lost(SourceDeclaration source) => source with { IsReported = true };
}
