using System.Text.Json;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl run --record</c> and <c>marl replay</c>: the replay is another process than the run.</summary>
public sealed class ReplayCommandTests
{
    private const string Coordination = Workplace.Coordination;

    [Fact]
    public async Task What_one_process_recorded_another_replays_to_the_bit()
    {
        using var place = new Workplace();
        var run = (await place.MarlAsync("run", Coordination, "--steps", "1_600", "--record", "learner", "--record", "team", "--out", "r")).Succeeded();
        Assert.Contains("3 inboxes, ", run.Out);
        Assert.Contains("marl replay r", run.Out);
        Assert.Equal(["learner.inbox", "team.agent-0.inbox", "team.agent-1.inbox"], place.Files(Path.Combine("r", "inboxes")));
        var before = place.Files("r");

        var learner = (await place.MarlAsync("replay", "r", "--stage", "learner")).Succeeded();
        Assert.Contains("result     bit-identical", learner.Out);
        Assert.Empty(learner.Error);
        Assert.Equal(4, (await place.MarlAsync("replay", "r")).Succeeded().Out.TrimEnd('\n').Split('\n').Length); // heads, and a row each

        var reports = (await place.MarlAsync("replay", Path.Combine("r", "inboxes", "learner.inbox"), "--json", "--out", "learner.txt", "--full")).Succeeded().Json;
        var report = Assert.Single(reports.EnumerateArray());
        Assert.Equal(("learner", 20, true), (report.GetProperty("stage").GetString(), report.GetProperty("firings").GetInt32(), report.GetProperty("identical").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("difference").ValueKind);
        Assert.Equal(before, place.Files("r"));

        (await place.MarlAsync("trace", Coordination, "--steps", "1_600", "--full", "--out", "trace.txt")).Succeeded();
        var edge = place.Text("learner.txt").Split('\n').Single(line => line.StartsWith("learner.weights → team.weights, ", StringComparison.Ordinal));
        Assert.Contains(edge, place.Text("trace.txt").Split('\n'));
    }

    [Fact]
    public async Task What_cannot_be_recorded_or_replayed_is_said_in_one_line()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Coordination, "--record", "lerner", "--out", "r")).Complained("MARL3730", "'lerner'", "'learner'");
        Assert.False(Directory.Exists(place["r"]));
        (await place.MarlAsync("run", Coordination, "--steps", "800", "--record", "learner", "--out", "r")).Succeeded();
        (await place.MarlAsync("replay", "r", "--stage", "team")).Complained("MARL3731", "Recorded: learner.");

        var inbox = place["r", "inboxes", "learner.inbox"];
        var whole = File.ReadAllBytes(inbox);
        File.WriteAllBytes(inbox, whole[..(whole.Length / 2)]);
        (await place.MarlAsync("replay", "r")).Complained("MARL3732", "cut short");
    }
}
