using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Failures;

/// <summary>What goes wrong before a run begins: one clear line, and nothing is left behind.</summary>
public sealed class RunFailureTests
{
    private const string Coordination = Workplace.Coordination;

    [Fact]
    public async Task A_missing_file()
    {
        using var place = new Workplace();
        var before = place.Files();

        (await place.MarlAsync("run", "missing.yaml", "--out", "r")).Complained("MARL0001", "missing.yaml", "no such file");

        Assert.Equal(before, place.Files());
        Assert.False(Directory.Exists(place["r"]));
    }

    [Theory]
    [InlineData("MARL1006", "clipp=0.1", "'clipp'", "'clip'")]
    [InlineData("MARL1007", "clip=high", "'high'", "0.01..1.0")]
    [InlineData("MARL1007", "clip=7", "'7'", "0.01..1.0")]
    public async Task A_set_that_does_not_fit(string code, string set, string value, string remedy)
    {
        using var place = new Workplace();

        (await place.MarlAsync("run", Coordination, "--set", set, "--out", "r")).Complained(code, "command line", value, remedy);

        Assert.False(Directory.Exists(place["r"]));
    }

    [Fact]
    public async Task An_out_that_can_not_be_a_folder()
    {
        using var place = new Workplace();
        File.WriteAllText(place["file"], "mine");

        (await place.MarlAsync("run", Coordination, "--out", "file")).Complained("MARL3405", "'file'");
        (await place.MarlAsync("run", Coordination, "--out", "file/r")).Complained("MARL3401", "file/r");
        (await place.MarlAsync("run", Coordination, "--out", "file", "--seeds", "1..2")).Complained("MARL3405", "'file'");
        if (OperatingSystem.IsLinux())
        {
            (await place.MarlAsync("run", Coordination, "--out", "/proc/marl")).Complained("MARL3409", "/proc/marl");
        }

        Assert.Equal("mine", place.Text("file"));
    }

    [Fact]
    public async Task An_out_that_holds_a_run()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Coordination, "--out", "r", "--steps", "800")).Succeeded();
        var summary = place.Text("r", "summary.json");
        var before = place.Files();

        (await place.MarlAsync("run", Coordination, "--out", "r")).Complained("MARL3601", "r:", "--resume");
        (await place.MarlAsync("run", Coordination, "--out", "r", "--seeds", "1..2")).Complained("MARL3601", "r:");

        Assert.Equal(summary, place.Text("r", "summary.json"));
        Assert.Equal(before, place.Files());
    }
}
