using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl verify-world</c>.</summary>
public sealed class VerifyWorldTests
{
    private static string Recording { get; } = Path.Combine(AppContext.BaseDirectory, "Recordings", "simple_spread_v3.json");

    [Fact]
    public async Task A_reference_recording_holds_and_every_field_is_named()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("verify-world", Recording)).Succeeded();

        foreach (var field in new[] { "observations", "rewards", "positions", "velocities", "terminated", "truncated" })
        {
            Assert.Matches($@"simple_spread_v3 .* {field} .* ok\n", outcome.Out);
        }
    }

    [Fact]
    public async Task What_deviates_is_named_with_its_place_and_ends_with_1()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("verify-world", Recording, "--tolerance", "1e-12")).Ended(1);
        var json = (await place.MarlAsync("verify-world", Recording, "--tolerance", "1e-12", "--json")).Ended(1).Json[0];

        Assert.Matches(@"observations +[\d,]+ +\S+ +DEVIATES +episodes\S+", outcome.Out);
        Assert.False(json.GetProperty("holds").GetBoolean());
        Assert.InRange(json.GetProperty("fields")[0].GetProperty("greatest").GetDouble(), 1e-12, 1e-5);
    }

    [Fact]
    public async Task A_file_that_is_no_recording_is_said_in_a_line_and_the_others_are_compared()
    {
        using var place = new Workplace();

        var outcome = await place.MarlAsync("verify-world", "nothing.json", Recording);

        outcome.Complained("MARL3100", "nothing.json");
        Assert.Contains("simple_spread_v3", outcome.Out);
    }
}
