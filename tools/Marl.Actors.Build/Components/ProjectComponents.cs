using System.Reflection;
using Marl.Actors.Build.Requests;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Build.Components;

/// <summary>The components of a project and of the libraries it stands on, beside the built-in ones.</summary>
/// <param name="Components">Those of the project and its libraries.</param>
/// <param name="Operators">Likewise.</param>
/// <param name="Catalog">All, guarded, with the built-in ones.</param>
/// <param name="Findings">What is wrong with them; then the rest does not count.</param>
internal sealed record ProjectComponents(
    IReadOnlyList<Declared<Component>> Components, IReadOnlyList<Declared<OperatorComponent>> Operators, ComponentCatalog Catalog, IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>Reads the assemblies. No stage is made, and no native library loaded.</summary>
    public static ProjectComponents Of(BuildRequest request)
    {
        var place = SourceSpan.Whole(request.Project);
        try
        {
            var facts = AssemblyFacts.Read(request.Assembly);
            if (facts.Misfit() is { } misfit)
            {
                return None(new Diagnostic(CheckerCodes.Version, place, misfit, "Reference the packages Marl.Actors and Marl.Actors.Build in one version."));
            }

            var context = new ProjectContext(request.References);
            var found = request.References.Where(IsLibrary).Prepend(request.Assembly).Select(path => AssemblyComponents.Of(context.LoadFromAssemblyPath(path))).ToList();
            return Of(
                [.. found.SelectMany(f => f.Components)],
                [.. found.SelectMany(f => f.Operators)],
                [.. found.SelectMany(f => f.Faults).Select(f => Broken(f, place))],
                place);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return None(new Diagnostic(CheckerCodes.Assembly, place, $"The assembly of this project cannot be read: {Lines.Words(fault)}.", "Build again; if that does not help, delete the obj folder."));
        }
    }

    private static ProjectComponents Of(
        List<Declared<Component>> components, List<Declared<OperatorComponent>> operators, List<Diagnostic> findings, SourceSpan place)
    {
        components.RemoveAll(c => ReferenceEquals(BuiltIn.Catalog.Components.GetValueOrDefault(c.Value.Id), c.Value)); // handed on, not declared
        operators.RemoveAll(o => ReferenceEquals(BuiltIn.Catalog.Operators.GetValueOrDefault(o.Value.Id), o.Value));
        findings.AddRange(Nameless(components, c => c.Id, place).Concat(Nameless(operators, o => o.Id, place)));
        findings.AddRange(Repeated(components, c => c.Id, BuiltIn.Catalog.Components.ContainsKey, place));
        findings.AddRange(Repeated(operators, o => o.Id, BuiltIn.Catalog.Operators.ContainsKey, place));
        if (findings.Count > 0)
        {
            return None([.. findings]);
        }

        var catalog = BuiltIn.Catalog.With(components.Select(c => Guarded.Of(c.Value))).With(operators.Select(o => Guarded.Of(o.Value)));
        return new(components, operators, catalog, []);
    }

    private static IEnumerable<Diagnostic> Nameless<T>(List<Declared<T>> declared, Func<T, string?> id, SourceSpan place)
    {
        var nameless = declared.Where(d => string.IsNullOrEmpty(id(d.Value))).ToList();
        declared.RemoveAll(nameless.Contains);
        return nameless.Select(d => new Diagnostic(CheckerCodes.Declaration, SourceLine.Of(d.Property) ?? place, $"{Name(d.Property)} has no id.", "Give it one: kind/kebab-name."));
    }

    private static IEnumerable<Diagnostic> Repeated<T>(List<Declared<T>> declared, Func<T, string> id, Func<string, bool> isBuiltIn, SourceSpan place) =>
        from same in declared.GroupBy(d => id(d.Value))
        from one in same.Skip(isBuiltIn(same.Key) ? 0 : 1)
        select new Diagnostic(
            CheckerCodes.SameId,
            SourceLine.Of(one.Property) ?? place,
            $"The id '{same.Key}' of {Name(one.Property)} is that of {(isBuiltIn(same.Key) ? "a built-in component" : Name(same.First().Property))}.",
            "Give it an id of its own.");

    private static Diagnostic Broken(DeclarationFault broken, SourceSpan place) => new(
        CheckerCodes.Declaration,
        SourceLine.Of(broken.Property) ?? place,
        $"{Name(broken.Property)} cannot be read: {Lines.Words(broken.Fault)}.",
        "A build reads every public static property that gives a component. Repair it, or make it private.");

    private static string Name(PropertyInfo property) => $"'{property.DeclaringType?.Name}.{property.Name}'";

    private static bool IsLibrary(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return !ProjectContext.IsOurs(name) && File.Exists(path) && AssemblyFacts.Read(path).StandsOnCore;
    }

    private static ProjectComponents None(params Diagnostic[] findings) => new([], [], BuiltIn.Catalog, findings);
}
