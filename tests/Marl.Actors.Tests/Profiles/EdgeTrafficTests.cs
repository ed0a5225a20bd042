using Marl.Actors.Experiments;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Profiles;

/// <summary>Bytes, drops and entropy of the edges of a pipeline whose agents talk.</summary>
public sealed class EdgeTrafficTests
{
    private const int Copies = 256;
    private const int Updates = 100;

    [Fact]
    public async Task Every_edge_says_what_it_carries_and_loses()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("rial-lewis")).Replace("said: team.messages |> by-step", "said: team.messages |> by-step |> drop(p=0.25)");
        File.WriteAllText(folder["lossy.yaml"], text[..text.IndexOf("evaluate:", StringComparison.Ordinal)]);
        var run = await Experiment.RunAsync(new() { Path = folder["lossy.yaml"], Out = folder["run"], IsProfiled = true, Overrides = new() { StopSteps = Updates * Copies } });
        Assert.Empty(run.Diagnostics);
        var edges = run.Value.Profile!.Edges.ToDictionary(e => e.Edge);

        var said = edges["team.messages → talk.said"];
        Assert.InRange(said.Messages, 2 * Updates, 2 * (Updates + 1));
        Assert.InRange(said.Dropped, 0.25 * said.Messages - 25, 0.25 * said.Messages + 25); // ± 4 deviations
        Assert.InRange(said.Entropy, 2, 3);           // words of the sender, among 8; the receiver says nothing
        Assert.Equal(said.Messages * 3 * Copies * 4, said.Bytes); // word, whether it speaks, whether an episode begins
        Assert.InRange(edges["team.actions → world.actions"].Entropy, 0.5, 1.5); // mean of the sender's 0 and the receiver's, at most 3
        Assert.Equal((0, 0), (edges["talk.heard → team.heard"].Dropped, edges["talk.heard → team.heard"].Overwritten));
        Assert.True(double.IsNaN(edges["talk.heard → team.heard"].Entropy));
        Assert.Matches($"edge,team.messages → talk.said,,{said.Messages},.*,{said.Dropped},0,[0-9.]+\n", File.ReadAllText(folder["run/profile.csv"]));
    }
}
