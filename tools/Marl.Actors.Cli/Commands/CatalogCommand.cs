using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marl.Actors.Catalogs;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl catalog</c>: what pipelines may name, and what each of it is.</summary>
internal static class CatalogCommand
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Screen screen)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "A component (algorithm/mappo), an operator (lag), or a kind (environment). Everything, a line each, unless given.",
            Arity = ArgumentArity.ZeroOrOne,
        }.WithoutOptions();
        var json = Arguments.Json("The same for programs.");
        var command = new ExampleCommand(
            "catalog",
            "Lists what pipelines may name, or explains one entry: ports, options with ranges and defaults, and a smallest pipeline with it.",
            "marl catalog",
            "marl catalog algorithm/mappo")
        {
            name, json,
        };
        command.SetAction(parsed =>
        {
            var (wanted, isJson) = (parsed.GetValue(name), parsed.GetValue(json));
            var listed = CatalogHelp.Pages(BuiltIn.Catalog).Where(p => wanted is null || p.Kind == wanted).ToValues();
            if (listed.Count > 0)
            {
                List(listed, isJson, screen);
                return ExitCodes.Success;
            }

            var page = CatalogHelp.Find(BuiltIn.Catalog, wanted!);
            screen.Report(page.Diagnostics);
            if (page.IsSuccess)
            {
                Explain(page.Value, isJson, screen);
            }

            return page.IsSuccess ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static void List(Values<CatalogPage> pages, bool isJson, Screen screen)
    {
        if (isJson)
        {
            screen.Line(JsonSerializer.Serialize(pages.Select(p => new { p.Id, p.Kind, p.Summary, p.Source }), Layout));
        }
        else
        {
            CatalogPrinter.List(screen.Out, pages);
        }
    }

    private static void Explain(CatalogPage page, bool isJson, Screen screen)
    {
        if (isJson)
        {
            screen.Line(JsonSerializer.Serialize(page, Layout));
        }
        else
        {
            CatalogPrinter.Page(screen.Out, page);
        }
    }
}
