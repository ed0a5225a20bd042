using Marl.Actors.Experiments;
using Marl.Actors.Leagues;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Leagues as whole pipelines.</summary>
public sealed class LeagueTests
{
    private static readonly string League = File.ReadAllText(Repository.Pipeline("league-kuhn-poker"))
        .Replace("copies: 128", "copies: 12", StringComparison.Ordinal)
        .Replace("groups: 128", "groups: 8", StringComparison.Ordinal)
        .Replace("pool: 4096", "pool: 4\n      matchUpdates: 3", StringComparison.Ordinal); // past selves go while their matches last

    [Fact]
    public async Task Every_interpreter_and_order_learns_and_books_the_same()
    {
        using var folder = new TemporaryFolder();
        var request = Request(folder);
        await Run(request with { Out = folder["local"] });
        await Run(request with { Out = folder["simulated"], Interpretation = new(Interpreter.Simulated, Schedule: 7) });
        Assert.Equal(Text(folder["local"]), Text(folder["simulated"]));
    }

    [Fact]
    public async Task A_league_that_was_stopped_goes_on_to_the_same_end()
    {
        using var folder = new TemporaryFolder();
        var request = Request(folder);
        await Run(request with { Out = folder["whole"] });
        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with { Out = folder["parts"], Progress = p => (p.EnvironmentSteps >= 1_344 ? stop : null)?.Cancel(), Stop = stop.Token });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        Assert.Empty((await Experiment.ResumeAsync(new() { Path = folder["parts"] })).Diagnostics);
        Assert.Equal(Text(folder["whole"]), Text(folder["parts"]));
    }

    // Half as long as shipped, for time; the bar 'distance' holds the whole length.
    [Fact]
    public async Task Fictitious_self_play_averages_to_the_equilibrium_where_plain_self_play_goes_round_in_circles()
    {
        using var folder = new TemporaryFolder();
        await Run(new() { Path = Repository.Pipeline("fictitious-rock-paper-scissors"), Out = folder["fictitious"], Overrides = new() { StopSteps = 1_048_576 } });
        var fictitious = LeagueReading.Read(folder["fictitious"]).Value;
        double[] equilibrium = [1 / 16.0, 10 / 16.0, 5 / 16.0];
        Assert.All(fictitious.Equilibrium!.Value, choice => Assert.All(equilibrium.Zip(choice.Probabilities), p => Assert.Equal(p.First, p.Second, 1e-12)));
        Assert.All(fictitious.Last.Judged.AverageChoices, choice => Assert.All(equilibrium.Zip(choice.Probabilities), p => Assert.Equal(p.First, p.Second, 0.03)));
        Assert.InRange(fictitious.Distance!.Value, 1e-6, 0.03);

        await Run(new() { Path = Repository.Pipeline("plain-rock-paper-scissors"), Out = folder["plain"] });
        var plain = LeagueReading.Read(folder["plain"]).Value;
        var favourites = plain.Series.Select(p => p.Judged.Choices[0].Probabilities.ToList()).Where(p => p.Max() > 0.6).Select(p => p.IndexOf(p.Max())).ToArray();
        var turns = favourites.Zip(favourites.Skip(1)).Count(p => p.First != p.Second);
        Assert.True(turns >= 10, $"plain self-play changed what it plays {turns} times");
        Assert.True(plain.Distance > 0.06, $"plain self-play averages to {plain.Distance} of the equilibrium");
        Assert.True(plain.Series.Skip(100).Average(p => p.Judged.Exploitability) > 4, "plain self-play can be beaten by much");

        // What the picture shows is what was measured; one player's play is both's.
        var picture = LeaguePicture.Of(plain);
        Assert.Equal(["plain-rock-paper-scissors: how each past self plays", "plain-rock-paper-scissors: how the average of all so far plays"], picture.Panels.Select(p => p.Title));
        Assert.Equal(plain.Series.Select(p => (double)p.Version), picture.Along);
        Assert.Equal(plain.Series.Select(p => p.Judged.Choices[0].Probabilities[2]), picture.Panels[0].Lines[2].Heights);
        Assert.Equal(plain.Series.Select(p => p.Judged.AverageChoices[0].Probabilities[1]), picture.Panels[1].Lines[1].Heights);
        Assert.Equal("action 0 (equilibrium 0.0625)", picture.Panels[1].Lines[0].Name);
    }

    [Fact]
    public async Task Runs_without_a_league_or_a_tree_say_so()
    {
        using var folder = new TemporaryFolder();
        await Run(new() { Path = Repository.Pipeline("ppo-kuhn-poker"), Out = folder["none"], Overrides = new() { StopSteps = 2_048, EvaluationEpisodes = 4 } });
        Assert.Equal(LeagueCodes.NoLeague, Assert.Single(LeagueReading.Read(folder["none"]).Diagnostics).Code);

        File.WriteAllText(folder["tic.yaml"], File.ReadAllText(Repository.Pipeline("fictitious-kuhn-poker")).Replace("kuhn-poker", "tic-tac-toe", StringComparison.Ordinal).Replace(", of: first", "", StringComparison.Ordinal));
        await Run(new() { Path = folder["tic.yaml"], Out = folder["tic"], Overrides = new() { StopSteps = 2_048 } });
        Assert.Equal(LeagueCodes.NoTree, Assert.Single(LeagueReading.Read(folder["tic"]).Diagnostics).Code);
    }

    private static async Task Run(ExperimentRequest request) => Assert.Empty((await Experiment.RunAsync(request)).Diagnostics);

    private static ExperimentRequest Request(TemporaryFolder folder)
    {
        File.WriteAllText(folder["league.yaml"], League);
        return new() { Path = folder["league.yaml"], Overrides = new() { StopSteps = 192 * 15, CheckpointEvery = 192 } };
    }

    // Ratings and what every past self is worth, to the bit.
    private static string Text(string run) =>
        string.Join('\n', LeagueReading.Read(run).Value.Series.Select(p => $"{p.Version} {p.Elo:R} {p.Judged.Exploitability:R} {p.Judged.Average:R}"));
}
