using System.Text.Json;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl run --seeds</c>.</summary>
public sealed class SeedsTests
{
    [Fact]
    public async Task Each_seed_has_a_run_and_all_together_have_figures_and_a_picture()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Workplace.Coordination, "--seeds", "1..3", "--out", "s")).Succeeded();
        (await place.MarlAsync("run", Workplace.Coordination, "--seed", "2", "--out", "two")).Succeeded();

        Assert.Equal(place.Summary("two").WithoutTimes(), place.Summary("s/seed-2").WithoutTimes());
        var means = Enumerable.Range(1, 3).Select(seed => place.Summary($"s/seed-{seed}").Evaluation!.Mean!.Value).ToArray();
        using var all = JsonDocument.Parse(place.Text("s", "seeds.json"));
        var evaluation = all.RootElement.GetProperty("evaluation");
        Assert.Equal(means.Average(), evaluation.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(3, evaluation.GetProperty("seeds").GetInt32());
        Assert.True(all.RootElement.GetProperty("isComplete").GetBoolean());
        Assert.Equal(3, all.RootElement.GetProperty("runs").GetArrayLength());
        Assert.True(evaluation.GetProperty("interval95")[0].GetDouble() < means.Average());
        Assert.True(File.Exists(place["s", "learning-curve.png"]));
        Assert.Contains("95 % interval over seeds", outcome.Out);
    }

    [Fact]
    public async Task Json_is_a_list_of_the_summaries()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Workplace.Coordination, "--seeds", "4,9", "--steps", "800", "--out", "s", "--json")).Succeeded();

        Assert.Equal([4L, 9L], outcome.Json.EnumerateArray().Select(s => s.GetProperty("seed").GetInt64()));
        Assert.Equal([800L, 800L], outcome.Json.EnumerateArray().Select(s => s.GetProperty("environmentSteps").GetInt64()));
    }

    [Fact]
    public async Task A_folder_that_holds_one_of_the_seeds_is_refused_before_anything_runs()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--seed", "2", "--out", "s/seed-2", "--steps", "800")).Succeeded();
        var before = place.Files();

        (await place.MarlAsync("run", Workplace.Coordination, "--seeds", "1..3", "--out", "s")).Complained("MARL3601", "seed-2");

        Assert.Equal(before, place.Files());
    }
}
