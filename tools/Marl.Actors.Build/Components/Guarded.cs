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
            Rate = options => Ask(id, "its rate", () => component.Rate(options)),
            InitialTokens = options => Ask(id, "its initial tokens", () => component.InitialTokens(options)),
            Backlog = options => Ask(id, "its backlog", () => component.Backlog(options)),
            Accepts = kind => Ask(id, "the kinds it takes", () => component.Accepts(kind)),
            IsIdentity = options => Ask(id, "what it changes", () => component.IsIdentity(options)),
        };
    }

    private static Signature Of(string id, Signature signature)
    {
        var guarded = new Signature();
        foreach (var (name, port) in signature.Inputs)
        {
            guarded.In(name, port.Types, port.Tokens);
        }

        foreach (var (name, port) in signature.Outputs)
        {
            guarded.Out(name, port.Types, port.Tokens);
        }

        foreach (var demand in signature.Constraints)
        {
            guarded.Where(demand.Input, demand.Field, value => Ask(id, $"what '{demand.Input}' takes", () => demand.Holds(value)), demand.Expectation);
        }

        return guarded;
    }

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
