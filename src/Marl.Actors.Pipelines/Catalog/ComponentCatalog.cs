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
}
