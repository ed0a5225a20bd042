using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Rendering;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl show</c>: a pipeline's graph as text.</summary>
internal static class ShowCommand
{
    private const string Arrows = "arrows";
    private const string Mermaid = "mermaid";

    public static Command Create(Screen screen)
    {
        var file = Arguments.File();
        var set = Arguments.Set();
        var form = new Option<string>("--as")
        {
            Description = "arrows: who feeds whom through which operators, with messages and bytes per step. mermaid: a flowchart.",
            DefaultValueFactory = _ => Arrows,
        };
        form.AcceptOnlyFromAmong(Arrows, Mermaid);
        var command = new ExampleCommand(
            "show",
            "Prints a pipeline's graph, whether it is determinate, and what flows along its edges.",
            "marl show pipelines/mappo-spread.yaml --as mermaid")
        {
            file, form, set,
        };
        command.SetAction(parsed =>
        {
            var graph = Experiment.Load(parsed.GetValue(file)!, overrides: new() { Parameters = parsed.GetValue(set)!.ToValues() });
            screen.Report(graph.Diagnostics);
            if (!graph.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            var text = parsed.GetValue(form) == Mermaid ? GraphText.Mermaid(graph.Value) : GraphText.Arrows(graph.Value);
            screen.Line(text.TrimEnd('\n'));
            return ExitCodes.Success;
        });
        return command;
    }
}
