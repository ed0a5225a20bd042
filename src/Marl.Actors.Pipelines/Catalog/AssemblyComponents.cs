using System.Reflection;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>
/// What an assembly declares for pipeline files: every public static property whose type is <see cref="Component"/>,
/// <see cref="OperatorComponent"/>, or a list of one of them. Programs and builds find components by this one rule.
/// </summary>
/// <param name="Components">Components, each with the property it was found at.</param>
/// <param name="Operators">Operators, likewise.</param>
/// <param name="Faults">Properties that could not be read.</param>
public sealed record AssemblyComponents(
    Values<Declared<Component>> Components, Values<Declared<OperatorComponent>> Operators, Values<DeclarationFault> Faults)
{
    /// <summary>Reads the properties of an assembly; a component that several properties lead to counts once.</summary>
    public static AssemblyComponents Of(Assembly assembly)
    {
        var components = new List<Declared<Component>>();
        var operators = new List<Declared<OperatorComponent>>();
        var faults = new List<DeclarationFault>();
        foreach (var property in TypesOf(assembly).SelectMany(Properties).OrderBy(p => $"{p.DeclaringType}.{p.Name}", StringComparer.Ordinal))
        {
            try
            {
                Collect(property, components, operators);
            }
            catch (Exception fault) when (fault is TargetInvocationException or TypeLoadException or MissingMemberException or IOException or BadImageFormatException)
            {
                faults.Add(new(property, Innermost(fault)));
            }
        }

        return new(components.ToValues(), operators.ToValues(), faults.ToValues());
    }

    /// <summary>What really went wrong: reflection and type initialisers wrap it.</summary>
    private static Exception Innermost(Exception fault) =>
        fault is TargetInvocationException or TypeInitializationException && fault.InnerException is { } inner ? Innermost(inner) : fault;

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>(); // the others stand on assemblies that are not there
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        if (type.ContainsGenericParameters)
        {
            return [];
        }

        try
        {
            return type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && IsDeclaration(p.PropertyType));
        }
        catch (Exception fault) when (fault is TypeLoadException or IOException or BadImageFormatException)
        {
            return [];
        }
    }

    private static bool IsDeclaration(Type type) =>
        type == typeof(Component) || type == typeof(OperatorComponent)
        || typeof(IEnumerable<Component>).IsAssignableFrom(type) || typeof(IEnumerable<OperatorComponent>).IsAssignableFrom(type);

    private static void Collect(PropertyInfo property, List<Declared<Component>> components, List<Declared<OperatorComponent>> operators)
    {
        switch (property.GetValue(null))
        {
            case Component one:
                Add(components, one, property);
                break;
            case OperatorComponent one:
                Add(operators, one, property);
                break;
            case IEnumerable<Component> several:
                several.ToList().ForEach(c => Add(components, c, property));
                break;
            case IEnumerable<OperatorComponent> several:
                several.ToList().ForEach(o => Add(operators, o, property));
                break;
        }
    }

    private static void Add<T>(List<Declared<T>> found, T value, PropertyInfo property)
        where T : class
    {
        if (!found.Exists(d => ReferenceEquals(d.Value, value)))
        {
            found.Add(new(value, property));
        }
    }
}

/// <summary>A component and the property it was found at.</summary>
public sealed record Declared<T>(T Value, PropertyInfo Property);

/// <summary>A property that should give components and throws.</summary>
/// <param name="Property">The property.</param>
/// <param name="Fault">What it threw.</param>
public sealed record DeclarationFault(PropertyInfo Property, Exception Fault);
