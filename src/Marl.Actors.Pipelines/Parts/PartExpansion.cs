using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>
/// Pass between model and graph: puts the parts in place of the stages that use them. A stage <c>team</c> of a part that is
/// used as <c>pool</c> becomes the stage <c>pool/team</c>, and edges through the part's ports become edges between stages.
/// </summary>
internal sealed class PartExpansion
{
    private readonly Findings findings = new();
    private readonly SourceResolver sources;
    private readonly PartUse use;
    private readonly List<StageDeclaration> stages = [];
    private readonly List<PartArgument> arguments = [];
    private readonly List<SourceDeclaration> outputs = [];
    private readonly List<SourceDeclaration> fed = [];
    private readonly List<SourceDeclaration> lost = [];
    private readonly List<InputReading> readings = [];
    private readonly List<string> mentioned = [];

    private PartExpansion()
    {
        sources = new(findings);
        use = new(findings);
    }

    /// <summary>A pipeline with its parts put in.</summary>
    public static ExpandedPipeline Of(PipelineFile file) => new PartExpansion().Run(file, new(Frame.Outermost, file.Stages));

    /// <summary>A part by itself: its parameters have their defaults, and what comes from outside is not known.</summary>
    public static ExpandedPipeline Of(PartFile part) => new PartExpansion().Run(
        new(part.Name, part.Summary, [], part.Stages, null, null, null, null, part.Where), new(Frame.Outermost, part.Stages, part));

    private ExpandedPipeline Run(PipelineFile file, PartScope root)
    {
        var builder = new ScopeBuilder(new(findings), findings);
        builder.Fill(root, file.Where.File);
        if (!builder.IsTooLarge)
        {
            Put(root);
        }

        return new(
            file with { Stages = stages.ToValues(), Place = Placed(file.Place, root) },
            arguments.ToValues(),
            outputs.ToValues(),
            fed.ToValues(),
            lost.ToValues(),
            readings.ToValues(),
            mentioned.ToValues(),
            findings.All.ToValues())
        {
            IsTooLarge = builder.IsTooLarge,
        };
    }

    private void Put(PartScope scope)
    {
        use.Check(scope);
        arguments.AddRange(use.Arguments(scope));
        foreach (var stage in scope.Stages)
        {
            if (!scope.IsPart(stage.Id.Value, out var copy))
            {
                stages.Add(Flat(scope, stage));
            }
            else if (copy is not null)
            {
                Feed(scope, stage, copy.Part!);
                Put(copy);
            }
            else
            {
                stages.Add(Flat(scope, stage) with { IsReported = true });
            }
        }

        outputs.AddRange(scope.Part?.Outputs.SelectMany(o => sources.Resolve(scope, scope.Frame.At(o).Source)) ?? []);
    }

    /// <summary>What is said to a part that it does not take is looked at all the same.</summary>
    private void Feed(PartScope scope, StageDeclaration stage, PartFile part)
    {
        foreach (var input in stage.Inputs)
        {
            (part.Inputs.Any(i => i.Name.Value == input.Port.Value) ? fed : lost).AddRange(input.Sources.SelectMany(s => sources.Resolve(scope, s)));
        }

        mentioned.AddRange(stage.With.Where(s => part.Parameters.All(p => p.Name.Value != s.Name.Value)).Select(s => s.Value.Parameter).OfType<string>());
        mentioned.AddRange(new[] { stage.Copies?.Parameter, stage.Shards?.Parameter }.OfType<string>());
    }

    private StageDeclaration Flat(PartScope scope, StageDeclaration stage)
    {
        var id = scope.Frame.Prefix + stage.Id.Value;
        foreach (var input in stage.Inputs)
        {
            readings.AddRange(
                from source in input.Sources
                where source.Stage.Value == PartFile.Outside && source.Operators.Count == 0
                from declared in scope.Part?.Inputs ?? []
                where declared.Name.Value == source.Port.Value
                select new InputReading(scope.Frame.At(declared), id, input.Port.Value));
        }

        var domain = stage.Each is { } each ? new EachPath(sources, findings).Resolve(scope, each) : null;
        return stage with
        {
            Id = stage.Id with { Value = id },
            Each = domain,
            IsUnplaced = stage.Each is not null && domain is null,
            Inputs = stage.Inputs.Select(i => i with { Sources = i.Sources.SelectMany(s => sources.Resolve(scope, s)).ToValues() }).ToValues(),
        };
    }

    /// <summary>A part's place is that of each of its stages.</summary>
    private Values<Setting>? Placed(Values<Setting>? place, PartScope root) => place?.SelectMany<Setting, Setting>(setting =>
        root.IsPart(setting.Name.Value, out var copy)
            ? copy is null ? [] : stages.Where(s => s.Scope.StartsWith(copy.Frame.Prefix, StringComparison.Ordinal)).Select(s => setting with { Name = setting.Name with { Value = s.Id.Value } })
            : [setting]).ToValues();
}
