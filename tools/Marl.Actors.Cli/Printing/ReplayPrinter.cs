using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Core.Traces;
using Marl.Actors.Runtime.Inboxes;

namespace Marl.Actors.Cli.Printing;

/// <summary>What came of replays: all about one, a row each of several.</summary>
internal static class ReplayPrinter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Prints reports to somebody.</summary>
    public static void Print(Outlet target, IReadOnlyList<ReplayReport> reports)
    {
        if (reports.Count == 1)
        {
            PrintOne(target, reports[0]);
            return;
        }

        var table = new TextTable(["stage", "from", "firings", "taken", "sent", "time", "result"], 1, 2, 3, 4, 5);
        foreach (var report in reports)
        {
            table.Add(
                report.Header.Cell,
                Figures.Count(report.Header.From),
                Figures.Count(report.Firings),
                Figures.Count(report.Taken),
                Figures.Count(report.Ports.Sum(p => p.Count)),
                Seconds(report),
                Result(report));
        }

        table.Print(target);
    }

    /// <summary>The same for programs.</summary>
    public static string Json(IEnumerable<ReplayReport> reports) => new JsonArray([.. reports.Select(JsonNode (report) => new JsonObject
    {
        ["file"] = report.Path,
        ["bytes"] = report.Bytes,
        ["pipeline"] = report.Header.Pipeline,
        ["seed"] = report.Seed,
        ["stage"] = report.Header.Cell,
        ["component"] = report.Component,
        ["fromSteps"] = report.Header.From,
        ["firings"] = report.Firings,
        ["taken"] = report.Taken,
        ["seconds"] = report.Seconds,
        ["ports"] = new JsonArray([.. report.Ports.Select(JsonNode (p) => new JsonObject { ["name"] = p.Name, ["sent"] = p.Count, ["digest"] = p.Digest })]),
        ["identical"] = report.IsIdentical,
        ["differingFirings"] = report.Differing,
        ["difference"] = report.Difference is { } difference
            ? new JsonObject { ["firing"] = difference.Firing, ["stamp"] = difference.Stamp?.ToString(), ["port"] = difference.Port, ["what"] = difference.What }
            : null,
        ["endsWithinFiring"] = report.EndsWithin,
        ["failure"] = report.Failure,
        ["stopped"] = report.IsStopped,
        ["profile"] = new JsonObject { ["recorded"] = report.Header.Profile, ["here"] = NumericProfile.Current },
    })]).ToJsonString(Indented);

    private static void PrintOne(Outlet target, ReplayReport report)
    {
        var table = new TextTable([])
            .Add("stage", $"{report.Header.Cell} ({report.Component}) of {report.Header.Pipeline}, seed {report.Seed}")
            .Add("recording", $"{report.Path}, {Figures.Bytes(report.Bytes)}{(report.Header.From == 0 ? "" : $", from {Figures.Count(report.Header.From)} steps on")}")
            .Add("firings", $"{Figures.Count(report.Firings)} in {Seconds(report)}, {Figures.Count(report.Taken)} messages taken");
        foreach (var port in report.Ports)
        {
            table.Add(port.Name, $"{Figures.Count(port.Count)} sent{(port.Count == 0 ? "" : $", {port.Digest}")}");
        }

        table.Add("result", Result(report)).Print(target);
    }

    private static string Seconds(ReplayReport report) => FormattableString.Invariant($"{report.Seconds:0.00} s");

    private static string Result(ReplayReport report)
    {
        var held = report.Difference is not { } difference ? "bit-identical" : FormattableString.Invariant(
            $"differs from {(difference.Firing == 0 ? "its start" : $"firing {difference.Firing}")} on; {report.Differing} of {report.Firings} firings differ");
        return held
            + (report.EndsWithin ? $"; the run ended within the last firing{(report.Failure is { } failure ? $", and so does the replay: {failure}" : ", the replay does not")}" : "")
            + (report.IsStopped ? "; stopped before the end" : "");
    }
}
