using Marl.Actors.Cli.Tests.Processes;
using Marl.Actors.Runtime.Profiles;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl run --profile</c>.</summary>
public sealed class ProfileTests
{
    private const string Coordination = Workplace.Coordination;

    [Fact]
    public async Task A_profile_counts_firings_and_messages_and_names_the_bottleneck()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Coordination, "--out", "r", "--steps", "800", "--profile")).Succeeded();

        Assert.Matches("bottleneck  [a-z.]+: (it|its busiest instance) computes? for [0-9.]+ % of [0-9.]+ s", outcome.Out);
        var lines = place.Text("r", "profile.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("kind,name,instances,count,seconds,busiest_seconds,waited_seconds,bytes,share,dropped,overwritten,entropy_bits", lines[0]);
        var learner = Assert.Single(lines, l => l.StartsWith("stage,learner,", StringComparison.Ordinal)).Split(',');
        Assert.Equal("10", learner[3]); // an update is 80 steps
        Assert.Contains(lines, l => l.StartsWith("edge,learner.weights → team.weights,", StringComparison.Ordinal));
        Assert.All(lines, l => Assert.Equal(12, l.Split(',').Length));
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_measured()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Coordination, "--out", "r", "--steps", "800")).Succeeded();

        Assert.DoesNotContain("bottleneck", outcome.Out);
        Assert.DoesNotContain("profile.csv", place.Files("r"));
    }

    [Fact]
    public async Task A_run_on_several_processes_is_not_profiled_and_leaves_nothing()
    {
        using var place = new Workplace();

        var outcome = await place.MarlAsync("run", Coordination, "--out", "r", "--steps", "800", "--profile", "--processes", "2");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(ProfileCodes.Apart, outcome.Error);
        Assert.False(Directory.Exists(place["r"]));
    }
}
