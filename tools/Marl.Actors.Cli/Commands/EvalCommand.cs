using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Evaluations;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl eval</c>: measures what a run has saved.</summary>
internal static class EvalCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Command Create(Screen screen)
    {
        var evaluation = new EvaluationArguments("actions");
        var json = Arguments.Json("Prints the figures as JSON.");
        var command = new ExampleCommand(
            "eval",
            "Evaluates the policies a run has saved.",
            "marl eval runs/mappo-spread-20260101-120000 --episodes 1000 --greedy")
        {
            json,
        };
        evaluation.AddTo(command);
        command.SetAction(async parsed =>
        {
            var measured = await PolicyEvaluation.RunAsync(evaluation.Request(parsed));
            screen.Report(measured.Diagnostics);
            if (!measured.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            Print(screen, measured.Value, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(Screen screen, PolicyScores measured, bool isJson)
    {
        var evaluation = EvaluationSummary.Of(measured.Scores);
        var actions = measured.Greedy ? "greedy" : "sampled";
        if (!isJson)
        {
            new TextTable([])
                .Add("pipeline", $"{measured.Pipeline}, seed {measured.Seed}, {actions} actions")
                .Add("evaluation", Figures.Of(evaluation))
                .Add("sd", Figures.Return(evaluation.StandardDeviation))
                .Add("length", Figures.Return(measured.Scores.LengthMean))
                .Print(screen.Out);
            return;
        }

        screen.Line(new JsonObject
        {
            ["pipeline"] = measured.Pipeline,
            ["seed"] = measured.Seed,
            ["actions"] = actions,
            ["evaluation"] = new JsonObject
            {
                ["mean"] = evaluation.Mean,
                ["standardDeviation"] = evaluation.StandardDeviation,
                ["episodes"] = evaluation.Episodes,
                ["interval95"] = evaluation.Low is { } low ? new JsonArray(low, evaluation.High) : null,
                ["convention"] = evaluation.Convention.Name(),
                ["lengthMean"] = measured.Scores.LengthMean,
            },
        }.ToJsonString(Indented));
    }
}
