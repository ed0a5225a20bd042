using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>The pages of a catalog: from the components' own words, so that nothing is said twice.</summary>
public static class CatalogHelp
{
    /// <summary>The kind of operators.</summary>
    public const string OperatorKind = "operator";

    /// <summary>The kind of merge words.</summary>
    public const string MergeKind = "merge";

    /// <summary>There is no such entry.</summary>
    public const string UnknownEntry = "MARL1551";

    /// <summary>All entries without examples: components by kind and name, then operators, then merge words.</summary>
    /// <param name="catalog">The catalog.</param>
    public static Values<CatalogPage> Pages(ComponentCatalog catalog) =>
    [
        .. catalog.Components.Values.Select(Page),
        .. catalog.Operators.Values.Select(Page),
        .. MergeWords.All.Select(w => new CatalogPage(w.Id, MergeKind, w.Summary, "")),
    ];

    /// <summary>The page of one entry, with its example.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="name">Its id; of a component also the part after the slash, where no other has it.</param>
    /// <returns>The page, or what was probably meant (MARL1551).</returns>
    public static Result<CatalogPage> Find(ComponentCatalog catalog, string name)
    {
        var pages = Pages(catalog);
        var found = pages.Where(p => p.Id == name).ToList();
        if (found.Count == 0)
        {
            found = pages.Where(p => p.Id.EndsWith("/" + name, StringComparison.Ordinal)).ToList();
        }

        if (found is [var page])
        {
            return Result.Success(page with { Example = MinimalPipeline.Of(catalog, page.Id) });
        }

        var near = found.Count > 1 ? $"Did you mean {string.Join(" or ", found.Select(p => $"'{p.Id}'"))}?" : Meant(name, pages);
        return Result.Failure<CatalogPage>(new Diagnostic(UnknownEntry, SourceSpan.None, $"The catalog has no {Text.UserText.Quote(name)}.", near));
    }

    /// <summary>Ids that are near, or whose part after the slash is.</summary>
    private static string Meant(string name, Values<CatalogPage> pages)
    {
        var ids = pages.SelectMany(p => new[] { p.Id, p.Id[(p.Id.IndexOf('/') + 1)..] }.Distinct().Select(word => (Word: word, p.Id))).ToLookup(p => p.Word, p => p.Id);
        var near = Nearest.Of(name, ids.Select(g => g.Key)).SelectMany(word => ids[word]).Distinct().Take(3).ToList();
        return near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(id => $"'{id}'"))}?" : "'marl catalog' lists all there is.";
    }

    private static CatalogPage Page(Component component) => new(component.Id, component.Kind, component.Summary, component.Source)
    {
        Inputs = component.Inputs.Select(p => new PortHelp(p.Name, p.Kind, p.Required, p.Help)).ToValues(),
        Outputs = component.Outputs.Select(p => new PortHelp(p.Name, p.Kind, false, p.Help)).ToValues(),
        Options = Options(component.Options),
        Notes = [.. Notes(component)],
    };

    private static CatalogPage Page(OperatorComponent component) => new(component.Id, OperatorKind, component.Summary, "")
    {
        Options = Options(component.Options),
        Notes = component.MakesAbsent ? ["It leaves steps without a message, so it stands before inputs that accept absence."] : [],
    };

    private static IEnumerable<string> Notes(Component component)
    {
        if (component.IsClock)
        {
            yield return "It drives time: one of its steps is one step of the whole pipeline.";
        }

        if (component.AllowsCopies)
        {
            yield return "'copies: 128' steps 128 of them together inside one actor.";
        }

        if (component.AllowsEach)
        {
            yield return "'each: world.agents' makes one actor for each agent of the world.";
        }

        foreach (var port in component.Inputs.Where(p => p.Many))
        {
            yield return $"'{port.Name}' takes a list of producers.";
        }

        foreach (var port in component.Inputs.Where(p => p.Only is not null))
        {
            yield return $"'{port.Name}' is heard in {OptionText.Kebab(port.Only.ToString()!)} only: elsewhere nothing is sent along its edge.";
        }
    }

    private static Values<OptionHelp> Options(OptionsSchema schema) =>
        schema.Options.Select(o => new OptionHelp(o.Name, o.Expectation, o.Default is { } value ? OptionText.Write(value) : null, o.Help)).ToValues();
}
