using System.CommandLine;
using Marl.Actors.Catalogs;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl check</c>: all that is wrong with pipeline files, before anything runs.</summary>
internal static class CheckCommand
{
    public static Command Create(Screen screen)
    {
        var files = Arguments.Files("Files of any kind: pipelines, parts, sweeps, bars, fault plans.");
        var set = Arguments.Set();
        var command = new ExampleCommand(
            "check",
            "Checks pipeline files and prints every mistake with its place, a code and a remedy.",
            "marl check pipelines/*.yaml pipelines/*/*.yaml")
        {
            files, set,
        };
        command.SetAction(parsed =>
        {
            var overrides = new BindingOverrides { Parameters = parsed.GetValue(set)!.ToValues() };
            var isGood = true;
            foreach (var file in parsed.GetValue(files)!)
            {
                var verdict = FileCheck.Run(file, BuiltIn.Catalog, overrides);
                screen.Report(verdict.Diagnostics);
                if (verdict.IsSuccess)
                {
                    screen.Line($"{file}: ok, {verdict.Value.Words}");
                }

                isGood &= verdict.IsSuccess;
            }

            return isGood ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
