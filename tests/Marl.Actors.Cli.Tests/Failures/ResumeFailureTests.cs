using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Failures;

/// <summary>Runs that can't be taken up again: one clear line, and what was there stays.</summary>
public sealed class ResumeFailureTests
{
    [Fact]
    public async Task A_finished_run_has_nothing_left_until_it_gets_more_steps()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "800")).Succeeded();
        var summary = place.Text("r", "summary.json");

        (await place.MarlAsync("run", "--resume", "r")).Complained("MARL3605", "800 steps", "--steps 1600");
        Assert.Equal(summary, place.Text("r", "summary.json"));

        (await place.MarlAsync("run", "--resume", "r", "--steps", "1_600")).Succeeded();
        Assert.Equal(1600, place.Summary("r").EnvironmentSteps);
    }

    [Fact]
    public async Task A_folder_that_is_no_run()
    {
        using var place = new Workplace();
        Directory.CreateDirectory(place["empty"]);

        (await place.MarlAsync("run", "--resume", "empty")).Complained("MARL3603", "empty");
        (await place.MarlAsync("run", "--resume", "nowhere")).Complained("MARL3602", "nowhere");

        Assert.Empty(Directory.GetFileSystemEntries(place["empty"]));
        Assert.False(Directory.Exists(place["nowhere"]));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("one bit")]
    [InlineData("emptied")]
    [InlineData("other file")]
    public async Task A_damaged_checkpoint_is_passed_over(string damage)
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "1_600")).Succeeded();
        var expected = place.Summary("r");
        var newest = Directory.GetFiles(place["r", "checkpoints"]).Order(StringComparer.Ordinal).Last();
        File.WriteAllBytes(newest, Damaged(File.ReadAllBytes(newest), damage));

        var resumed = (await place.MarlAsync("run", "--resume", "r")).Succeeded();

        Assert.Matches($"{Path.GetFileName(newest)}: warning MARL3502: .*damaged.* 800 environment steps", Assert.Single(resumed.Complaints));
        Assert.Equal(expected.WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task Nothing_but_damaged_checkpoints()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "800")).Succeeded();
        var only = Assert.Single(Directory.GetFiles(place["r", "checkpoints"]));
        File.WriteAllBytes(only, Damaged(File.ReadAllBytes(only), "one bit"));
        var before = Contents(place);

        (await place.MarlAsync("run", "--resume", "r", "--steps", "1_600")).Complained("MARL3502", Path.GetFileName(only), "damaged");

        Assert.Equal(before, Contents(place));
    }

    [Fact]
    public async Task A_run_without_a_checkpoint_begins_anew()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "whole", "--steps", "1_600")).Succeeded();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "1_600")).Succeeded();
        Array.ForEach(Directory.GetFiles(place["r", "checkpoints"]), File.Delete);

        (await place.MarlAsync("run", "--resume", "r")).Succeeded();

        Assert.Equal(place.Summary("whole").WithoutTimes(), place.Summary("r").WithoutTimes());
        Assert.Equal(File.ReadAllLines(place["whole", "training.csv"]).Length, File.ReadAllLines(place["r", "training.csv"]).Length);
    }

    [Fact]
    public async Task A_run_that_died_before_its_results_writes_them()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "1_600")).Succeeded();
        var expected = place.Summary("r");
        File.Delete(place["r", "summary.json"]);

        (await place.MarlAsync("run", "--resume", "r")).Succeeded();

        Assert.Equal(expected.WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task A_run_that_is_still_going_on()
    {
        using var place = new Workplace();
        using var process = place.Start("run", Workplace.Coordination, "--steps", "1_000_000", "--out", "r");
        await process.WhenAsync(_ => Directory.Exists(place["r", "checkpoints"]) && Directory.GetFiles(place["r", "checkpoints"], "*.checkpoint").Length > 0);

        (await place.MarlAsync("run", "--resume", "r")).Complained("MARL3609", "r:");

        process.Signal("INT");
        (await process.EndAsync()).Ended(130);
        Assert.True(place.Summary("r").EnvironmentSteps > 800);
        Assert.DoesNotContain("run.lock", place.Files("r"));
    }

    [Fact]
    public async Task A_damaged_record()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "800")).Succeeded();
        File.WriteAllText(place["r", "run.json"], "{ \"source\": ");

        (await place.MarlAsync("run", "--resume", "r", "--steps", "1_600")).Complained("MARL3604", "run.json");
    }

    private static byte[] Damaged(byte[] bytes, string damage)
    {
        switch (damage)
        {
            case "cut short":
                return bytes[..(bytes.Length / 2)];
            case "one bit":
                bytes[bytes.Length / 2] ^= 0x10;
                return bytes;
            case "emptied":
                return [];
            default:
                return "This is a text."u8.ToArray();
        }
    }

    private static IEnumerable<string> Contents(Workplace place) =>
        place.Files("r").Select(name => $"{name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(place["r", name])))}").ToArray();
}
