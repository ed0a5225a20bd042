using Marl.Actors.Pipelines.Catalog;
using Spectre.Console;

namespace Marl.Actors.Cli.Printing;

/// <summary>The catalog as people read it.</summary>
internal static class CatalogPrinter
{
    /// <summary>A line an entry, by kind.</summary>
    public static void List(Outlet target, IEnumerable<CatalogPage> pages)
    {
        var isFirst = true;
        foreach (var kind in pages.GroupBy(p => p.Kind))
        {
            if (!isFirst)
            {
                target.Writer.WriteLine();
            }

            isFirst = false;
            Heading(target, kind.Key);
            var table = new TextTable([]);
            foreach (var page in kind)
            {
                table.Add(page.Id, page.Summary);
            }

            table.Print(target);
        }
    }

    /// <summary>One entry: what it is, its ports and options, and a smallest pipeline.</summary>
    public static void Page(Outlet target, CatalogPage page)
    {
        Heading(target, page.Id);
        target.Writer.WriteLine(page.Summary);
        Lines(target, page.Source.Length > 0 ? [page.Source, .. page.Notes] : page.Notes);
        Ports(target, "in", page.Inputs);
        Ports(target, "out", page.Outputs);
        if (page.Options.Count > 0)
        {
            Section(target, page.Kind == CatalogHelp.OperatorKind ? "arguments" : "with");
            var table = new TextTable(["option", "values", "default", "what it does"]);
            foreach (var option in page.Options)
            {
                table.Add(option.Name, option.Values, option.Default ?? "required", option.Help);
            }

            table.Print(target);
        }

        Section(target, "a smallest pipeline with it");
        target.Writer.WriteLine(page.Example?.TrimEnd('\n') ?? "Nothing in this catalog goes with it.");
    }

    private static void Ports(Outlet target, string heading, IReadOnlyCollection<PortHelp> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        Section(target, heading);
        var table = new TextTable(["port", "kind", "what it is"]);
        foreach (var port in ports)
        {
            table.Add(port.Name, port.Kind, heading == "in" && !port.Required ? $"{port.Help} May be left open." : port.Help);
        }

        table.Print(target);
    }

    private static void Lines(Outlet target, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            target.Writer.WriteLine(line);
        }
    }

    private static void Section(Outlet target, string heading)
    {
        target.Writer.WriteLine();
        Heading(target, heading);
    }

    private static void Heading(Outlet target, string heading)
    {
        if (target.IsTerminal)
        {
            target.Console.MarkupLine($"[bold]{Markup.Escape(heading)}[/]");
        }
        else
        {
            target.Writer.WriteLine(heading);
        }
    }
}
