using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl check</c>: all that is wrong with pipeline files, before anything runs.</summary>
internal static class CheckCommand
{
    public static Command Create(Screen screen)
    {
        var files = Arguments.Files("Pipeline files or bars files.");
        var set = Arguments.Set();
        var command = new ExampleCommand(
            "check",
            "Checks pipeline files and prints every mistake with its place, a code and a remedy.",
            "marl check pipelines/*.yaml")
        {
            files, set,
        };
        command.SetAction(parsed =>
        {
            var overrides = new BindingOverrides { Parameters = parsed.GetValue(set)!.ToValues() };
            var isGood = true;
            foreach (var file in parsed.GetValue(files)!)
            {
                var verdict = Check(file, overrides);
                screen.Report(verdict.Diagnostics);
                if (verdict.IsSuccess)
                {
                    screen.Line($"{file}: ok, {verdict.Value}");
                }

                isGood &= verdict.IsSuccess;
            }

            return isGood ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    /// <summary>What a good file holds, in a few words.</summary>
    private static Result<string> Check(string file, BindingOverrides overrides) => HoldsBars(file)
        ? BarsReader.Read(file).Map(bars => $"{bars.Count} bars")
        : Experiment.Load(file, overrides: overrides).Map(graph =>
        {
            var actors = graph.Nodes.Sum(n => n.Instances.Count);
            return $"{actors} actors, {graph.Edges.Count} edges, {(graph.IsDeterminate ? "determinate" : "not determinate")}";
        });

    private static bool HoldsBars(string file) =>
        PipelineText.Read(file).Match(node => node is MappingNode root && root.Entries.Any(e => e.Key.Text == "bars"), _ => false);
}
