using System.Reflection;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>What pipeline files may name: components and operators. Immutable; programs add their own to the built-in one.</summary>
public sealed class ComponentCatalog
{
    private readonly SortedDictionary<string, Component> components = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, OperatorComponent> operators = new(StringComparer.Ordinal);

    /// <summary>A catalog of the given entries.</summary>
    /// <exception cref="ArgumentException">Two entries have the same id: a bug in the program.</exception>
    public ComponentCatalog(IEnumerable<Component> components, IEnumerable<OperatorComponent> operators)
    {
        foreach (var component in components)
        {
            this.components.Add(component.Id, component);
        }

        foreach (var component in operators)
        {
            this.operators.Add(component.Id, component);
        }
    }

    /// <summary>All components, by id.</summary>
    public IReadOnlyDictionary<string, Component> Components => components;

    /// <summary>All operators, by id.</summary>
    public IReadOnlyDictionary<string, OperatorComponent> Operators => operators;

    /// <summary>A catalog with more components.</summary>
    public ComponentCatalog With(params IEnumerable<Component> more) => new([.. components.Values, .. more], operators.Values);

    /// <summary>A catalog with more operators.</summary>
    public ComponentCatalog With(params IEnumerable<OperatorComponent> more) => new(components.Values, [.. operators.Values, .. more]);

    /// <summary>A catalog with all that an assembly declares: its public static properties of type <see cref="Component"/> or <see cref="OperatorComponent"/>, or lists of these.</summary>
    /// <exception cref="ArgumentException">Two entries have the same id: a bug in the program.</exception>
    /// <exception cref="InvalidOperationException">A property throws: a bug in the program.</exception>
    public ComponentCatalog WithComponentsOf(Assembly assembly)
    {
        var declared = AssemblyComponents.Of(assembly);
        return declared.Faults is [var fault, ..]
            ? throw new InvalidOperationException($"{fault.Property.DeclaringType}.{fault.Property.Name} cannot be read: {fault.Fault.Message}", fault.Fault)
            : With(declared.Components.Select(c => c.Value)).With(declared.Operators.Select(o => o.Value));
    }
}
