using System.Xml.Linq;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl eval</c> and <c>marl play</c>.</summary>
public sealed class EvalAndPlayTests
{
    [Fact]
    public async Task A_saved_policy_is_measured_as_asked()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r")).Succeeded();

        var sampled = (await place.MarlAsync("eval", "r", "--episodes", "200", "--sampled", "--json")).Succeeded();
        var again = (await place.MarlAsync("eval", "r", "--episodes", "200", "--json")).Succeeded();
        var other = (await place.MarlAsync("eval", "r", "--episodes", "200", "--seed", "9", "--json")).Succeeded();
        var greedy = (await place.MarlAsync("eval", "r", "--greedy")).Succeeded();

        Assert.Equal(200, sampled.Json.GetProperty("evaluation").GetProperty("episodes").GetInt32());
        Assert.Equal(sampled.Out, again.Out);
        Assert.NotEqual(sampled.Out, other.Out);
        Assert.Contains("greedy actions", greedy.Out);
        Assert.Contains("over 16 episodes (team-sum)", greedy.Out);
        Assert.False(Terminal.HasEscapes(greedy.Out));
    }

    [Fact]
    public async Task An_episode_is_an_animated_picture()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Spread, "--out", "r")).Succeeded();

        (await place.MarlAsync("play", "r")).Succeeded();
        (await place.MarlAsync("play", "r", "--out", "other.svg", "--seed", "5")).Succeeded();

        Assert.Equal("svg", XDocument.Parse(place.Text("r", "episode.svg")).Root!.Name.LocalName);
        Assert.Contains("<animate", place.Text("r", "episode.svg"));
        Assert.NotEqual(place.Text("r", "episode.svg"), place.Text("other.svg"));
    }

    [Fact]
    public async Task What_agents_say_to_each_other_is_a_table()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Lewis, "--out", "r", "--steps", "512")).Succeeded();

        var found = (await place.MarlAsync("communication", "r", "--episodes", "64", "--shuffles", "20", "--greedy")).Succeeded();

        Assert.Contains("greedy actions and words, 64 episodes", found.Out);
        Assert.Contains("sender → receiver", found.Out);
        Assert.Matches(@"
shuffled +\d\.\d{3} \[", found.Out);
        Assert.Equal(["ablations.csv", "communication.png", "links.csv"], Directory.GetFiles(place["r", "communication"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task What_can_not_be_shown_or_measured_is_said_in_a_line()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "800")).Succeeded();
        Directory.CreateDirectory(place["empty"]);
        var before = place.Files();

        (await place.MarlAsync("play", "r")).Complained("MARL3608", "environment/coordination");
        (await place.MarlAsync("communication", "r")).Complained("MARL2760", "tiny-coordination");
        (await place.MarlAsync("communication", "nowhere")).Complained("MARL3602", "nowhere");
        (await place.MarlAsync("eval", "empty")).Complained("MARL3603", "empty");
        (await place.MarlAsync("eval", "nowhere")).Complained("MARL3602", "nowhere");
        (await place.MarlAsync("play", Workplace.Coordination)).Complained("MARL3602");
        Assert.Equal(before, place.Files());

        File.Delete(place["r", "policy.safetensors"]);
        (await place.MarlAsync("eval", "r")).Complained("MARL3606");
    }

    [Fact]
    public async Task A_damaged_policy_is_said_in_a_line()
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.Coordination, "--out", "r", "--steps", "800")).Succeeded();
        var bytes = File.ReadAllBytes(place["r", "policy.safetensors"]);

        File.WriteAllBytes(place["r", "policy.safetensors"], bytes[..(bytes.Length / 2)]);

        var outcome = (await place.MarlAsync("eval", "r")).Ended(1);
        Assert.Matches(@"policy\.safetensors: error MARL\d{4}: ", Assert.Single(outcome.Complaints));
    }
}
