using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Traces;
using Marl.Actors.Tracing;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl trace diff</c>: the first difference on each edge.</summary>
internal static class TraceDiffCommand
{
    public static Command Create(Screen screen)
    {
        var left = new Argument<string>("A") { Description = "A trace." }.WithoutOptions();
        var right = new Argument<string>("B") { Description = "Another trace." }.WithoutOptions();
        var tolerance = Arguments.Number("--tolerance", "Part of a field's greatest magnitude by which its figures may differ.", TraceComparison.Tolerance);
        var command = new ExampleCommand(
            "diff",
            "Prints the first difference of two traces on each edge, with the message on both sides; exit code 1 when they differ.",
            "marl trace diff before.txt after.txt")
        {
            left, right, tolerance,
        };
        command.SetAction(parsed =>
        {
            var (a, b) = (Traces.Read(parsed.GetValue(left)!), Traces.Read(parsed.GetValue(right)!));
            var differences = a.Then(first => b.Map(second => TraceComparison.Differences(first, second, parsed.GetValue(tolerance))));
            screen.Report(differences.Diagnostics);
            if (!differences.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            foreach (var difference in differences.Value)
            {
                screen.Line($"{difference}");
            }

            if (a.Value.Profile != b.Value.Profile)
            {
                screen.Line($"Digests were not compared: '{a.Value.Profile}' is not '{b.Value.Profile}'.");
            }

            return differences.Value.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
