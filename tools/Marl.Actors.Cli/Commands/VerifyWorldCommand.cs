using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Environments.Verification;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl verify-world</c>: recorded trajectories of reference worlds, stepped through ours.</summary>
internal static class VerifyWorldCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Command Create(Screen screen)
    {
        var files = Arguments.Files("Recordings of particle worlds or level-based foraging, in the format of tests/golden/mpe and tests/golden/lbf.");
        var tolerance = Arguments.Number("--tolerance", "The greatest deviation that passes.", 1e-5);
        var json = Arguments.Json("Prints the deviations as JSON.");
        var command = new ExampleCommand(
            "verify-world",
            "Steps recorded reference trajectories through our worlds and prints the greatest deviation of each field.",
            "marl verify-world tests/golden/mpe/*.json tests/golden/lbf/*.json --tolerance 1e-5")
        {
            files, tolerance, json,
        };
        command.SetAction(parsed =>
        {
            var (limit, isGood) = (parsed.GetValue(tolerance), true);
            var reports = new List<VerificationReport>();
            foreach (var file in parsed.GetValue(files)!)
            {
                var verified = WorldVerification.Verify(file);
                screen.Report(verified.Diagnostics);
                isGood &= verified.IsSuccess && verified.Value.Holds(limit);
                reports.AddRange(verified.Match<VerificationReport[]>(report => [report], _ => []));
            }

            if (parsed.GetValue(json))
            {
                screen.Line(new JsonArray([.. reports.Select(r => Json(r, limit))]).ToJsonString(Indented));
            }
            else if (reports.Count > 0)
            {
                Table(reports, limit).Print(screen.Out);
            }

            return isGood ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static TextTable Table(List<VerificationReport> reports, double limit)
    {
        var table = new TextTable(["recording", "world", "integration", "field", "compared", "greatest deviation", "verdict", "where"], 4, 5);
        foreach (var report in reports)
        {
            foreach (var field in report.Fields.Where(f => f.Compared > 0))
            {
                var holds = field.Greatest <= limit;
                table.Add(
                    report.Environment,
                    report.World,
                    report.Integration,
                    field.Field,
                    Figures.Count(field.Compared),
                    field.Greatest.ToString("0.0e+00", CultureInfo.InvariantCulture),
                    holds ? "ok" : "DEVIATES",
                    holds ? "" : field.Where);
            }
        }

        return table;
    }

    private static JsonNode Json(VerificationReport report, double limit) => new JsonObject
    {
        ["file"] = report.File,
        ["environment"] = report.Environment,
        ["world"] = report.World,
        ["source"] = report.Source,
        ["integration"] = report.Integration,
        ["episodes"] = report.Episodes,
        ["steps"] = report.Steps,
        ["holds"] = report.Holds(limit),
        ["fields"] = new JsonArray([.. report.Fields.Select(f => new JsonObject
        {
            ["field"] = f.Field,
            ["greatest"] = double.IsFinite(f.Greatest) ? f.Greatest : null,
            ["compared"] = f.Compared,
            ["where"] = f.Where,
        })]),
    };
}
