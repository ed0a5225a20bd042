using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>
/// What <c>each:</c> may say: <c>world.agents</c> is a domain of a stage; <c>in.steps.agents</c> is that of the stage which
/// feeds an input of the part, <c>pool.steps.agents</c> that of the stage behind an output of a part.
/// </summary>
internal sealed class EachPath(SourceResolver sources, Findings findings)
{
    /// <summary>The input a path goes through, at its place; null when it goes through none.</summary>
    public static Located<string>? InputOf(Located<string>? each) => each?.Value.Split('.') is [PartFile.Outside, var port, _]
        ? new(port, each.Where with { Column = each.Where.Column + PartFile.Outside.Length + 1 })
        : null;

    /// <summary>The domain as <c>stage.domain</c>, the stage named as the graph names it; null when it is not known, or reported.</summary>
    public Located<string>? Resolve(PartScope scope, Located<string> each)
    {
        switch (each.Value.Split('.'))
        {
            case [{ Length: > 0 } name, { Length: > 0 } domain]:
                return Plain(scope, each, name, domain);
            case [{ Length: > 0 } name, { Length: > 0 } port, { Length: > 0 } domain] when IsDoor(scope, name):
                return Through(scope, each, new(new(name, each.Where), new(port, each.Where), []), domain);
            default:
                return Fail(BindingCodes.EachForm, each, $"'{each}' does not name a domain.", "Write stage.domain, as in world.agents.");
        }
    }

    private static bool IsDoor(PartScope scope, string name) => scope.IsPart(name, out _) || (scope.Part is not null && name == PartFile.Outside);

    private Located<string>? Plain(PartScope scope, Located<string> each, string name, string domain)
    {
        if (IsDoor(scope, name))
        {
            return Fail(
                BindingCodes.EachForm, each, $"'{each}' does not say whose {domain} these are.", $"Name the port they come through, as in {name}.steps.{domain}.");
        }

        return scope.Has(name)
            ? each with { Value = $"{scope.Frame.Prefix}{name}.{domain}" }
            : Fail(BindingCodes.EachUnknownStage, each, $"There is no stage '{name}'.", findings.Remedy(name, scope.Names, "stages"));
    }

    private Located<string>? Through(PartScope scope, Located<string> each, SourceDeclaration door, string domain)
    {
        var behind = sources.Resolve(scope, door).ToList();
        var stages = behind.Select(s => s.Stage.Value).Distinct().ToList();
        return behind.Exists(s => s.IsReported) ? null
            : stages is [var stage] ? each with { Value = $"{stage}.{domain}" }
            : Fail(
                BindingCodes.EachForm, each, $"'{each}' has {(stages.Count == 0 ? "no stage" : Words.Count(stages.Count, "stage"))} behind it, not one.", "Name a port that one stage feeds.");
    }

    private Located<string>? Fail(string code, Located<string> each, string sentence, string remedy)
    {
        findings.Error(code, each.Where, sentence, remedy);
        return null;
    }
}
