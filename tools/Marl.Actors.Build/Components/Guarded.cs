using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Build.Components;

/// <summary>Components of the project whose exceptions carry their names, so that they can be told at the line that uses them.</summary>
internal static class Guarded
{
    /// <summary>The same component, with every question guarded.</summary>
    public static Component Of(Component component)
    {
        var id = component.Id;
        return component with
        {
            Domains = options => Ask(id, "its domains", () => component.Domains(options)),
            Validate = options => Ask(id, "a check of its options", () => component.Validate(options).ToList()),
            Sign = (options, context) => Ask(id, "the types of its ports", () => Of(id, component.Sign(options, context))),
            Outputs = component.Outputs.Select(o => o with { Layout = type => Ask(id, $"the layout of '{o.Name}'", () => o.Layout(type)) }).ToValues(),
        };
    }

    /// <summary>The same operator, with every question guarded.</summary>
    public static OperatorComponent Of(OperatorComponent component)
    {
        var id = component.Id;
        return component with
        {
            Type = (options, type) => Ask(id, "the type it passes on", () => component.Type(options, type)),
            Passes = options => Ask(id, "how many tokens it passes on", () => component.Passes(options)),
            Accepts = kind => Ask(id, "the kinds it takes", () => component.Accepts(kind)),
            IsIdentity = options => Ask(id, "what it changes", () => component.IsIdentity(options)),
        };
    }

    private static Signature Of(string id, Signature signature) => signature.With(
        (TypeConstraint demand) => demand with { Holds = value => Ask(id, $"what '{demand.Input}' takes", () => demand.Holds(value)) });

    private static T Ask<T>(string id, string question, Func<T> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception fault) when (fault is not (ComponentFault or OutOfMemoryException))
        {
            throw new ComponentFault(id, question, fault);
        }
    }
}
