using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl format</c>.</summary>
public sealed class FormatCommandTests
{
    [Fact]
    public async Task A_file_out_of_layout_is_found_changed_and_then_stays()
    {
        using var place = new Workplace();
        var canonical = place.Text(Workplace.Coordination);
        File.WriteAllText(place["a.yaml"], "\uFEFF" + canonical.Replace("{ steps: 4_000 }", "\n      steps:   4_000").Replace("\n", "\r\n"));
        var messy = File.ReadAllBytes(place["a.yaml"]);

        var checkedFirst = await place.MarlAsync("format", "--check", "a.yaml", Workplace.Coordination);
        Assert.Equal(messy, File.ReadAllBytes(place["a.yaml"]));
        var formatted = await place.MarlAsync("format", "a.yaml");
        var checkedAgain = await place.MarlAsync("format", "--check", "a.yaml");

        checkedFirst.Complained("MARL3701", "a.yaml", "marl format");
        Assert.Equal("tiny-coordination.yaml: ok\n", checkedFirst.Out);
        Assert.Equal("a.yaml: formatted\n", formatted.Succeeded().Out);
        Assert.Equal("a.yaml: ok\n", checkedAgain.Succeeded().Out);
        Assert.Equal(canonical, place.Text("a.yaml"));
    }

    [Fact]
    public async Task A_file_that_is_no_pipeline_file_is_left_alone()
    {
        using var place = new Workplace();
        byte[] bytes = [0x70, 0x3A, 0x20, 0xC3, 0x0A, 0x00];
        File.WriteAllBytes(place["a.yaml"], bytes);

        var outcome = (await place.MarlAsync("format", "a.yaml")).Ended(1);

        Assert.All(outcome.Complaints, line => Assert.Matches(@"^a\.yaml(\(\d+,\d+\))?: error MARL00\d\d: ", line));
        Assert.Equal(bytes, File.ReadAllBytes(place["a.yaml"]));
    }
}
