using Marl.Actors.Cli.Tests.Processes;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl catalog</c>.</summary>
public sealed class CatalogCommandTests
{
    [Fact]
    public async Task The_page_of_an_algorithm_is_the_verified_one()
    {
        using var place = new Workplace();

        await Snapshots.Verify((await place.MarlAsync("catalog", "algorithm/mappo")).Succeeded().Out);
    }

    [Fact]
    public async Task The_list_has_a_line_for_each_entry_and_a_kind_names_its_own()
    {
        using var place = new Workplace();

        var all = (await place.MarlAsync("catalog")).Succeeded().Out;
        var replays = (await place.MarlAsync("catalog", "replay")).Succeeded().Out;

        Assert.Contains("algorithm/mappo  ", all);
        Assert.Contains("by-step  ", all);
        Assert.StartsWith("replay\nreplay/prioritized", replays);
        Assert.DoesNotContain("algorithm", replays);
    }

    [Fact]
    public async Task Programs_get_json()
    {
        using var place = new Workplace();

        var list = (await place.MarlAsync("catalog", "--json")).Succeeded().Json;
        var page = (await place.MarlAsync("catalog", "lag", "--json")).Succeeded().Json;

        Assert.True(list.GetArrayLength() > 20);
        Assert.Equal("updates", page.GetProperty("options")[0].GetProperty("name").GetString());
        Assert.StartsWith("pipeline: lag-example\n", page.GetProperty("example").GetString());
    }

    [Fact]
    public async Task An_unknown_name_is_told_the_nearest()
    {
        using var place = new Workplace();

        (await place.MarlAsync("catalog", "algorithm/mapo")).Complained("MARL1551", "'algorithm/mappo'");
    }
}
