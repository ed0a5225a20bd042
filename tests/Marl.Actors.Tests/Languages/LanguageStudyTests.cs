using Marl.Actors.Analysis.Communication;
using Marl.Actors.Evaluations;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Languages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Policies.Files;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Languages;

/// <summary>What is found out about a language that was learned, one that nobody listens to, and none.</summary>
public sealed class LanguageStudyTests
{
    private const int States = 4;
    private const int Shuffles = 200;

    [Fact]
    public async Task A_learned_language_is_consistent_influences_and_is_lost_with_the_channel()
    {
        using var folder = new TemporaryFolder();
        await Train(folder["run"], 20_000);
        var found = (await LanguageStudy.RunAsync(new() { RunFolder = folder["run"], Episodes = 1000 }, Shuffles)).Value;
        var link = Assert.Single(found.Report.Links);

        Assert.Equal("sender → receiver", link.Name);
        Assert.Equal(States, link.Messages);
        Assert.Equal(["sender"], found.Onlookers);
        Assert.InRange(link[Measure.SpeakerConsistency].Corrected, Math.Log(States) - 0.05, Math.Log(States) + 0.05);
        Assert.InRange(link[Measure.CausalInfluence].Corrected, Math.Log(States) - 0.05, Math.Log(States) + 0.05);
        Assert.InRange(link[Measure.InstantaneousCoordination].Corrected, Math.Log(States) - 0.05, Math.Log(States) + 0.05);
        Assert.InRange(link[Measure.ContextIndependence].Corrected, 0.95, 1);
        Assert.Equal(1 / (Shuffles + 1.0), link[Measure.CausalInfluence].PValue, 1e-12);
        Assert.Equal(["muted", "shuffled"], found.Report.Ablations.Select(a => a.Change));
        foreach (var ablation in found.Report.Ablations)
        {
            Assert.InRange(ablation.With.Mean, 0.98, 1);
            Assert.InRange(ablation.Without.Mean, (1.0 / States) - 0.05, (1.0 / States) + 0.05);
            Assert.InRange(ablation.Worth.Low, 0.65, 1);
        }

        Assert.Equal(found.Report.LinksText(), File.ReadAllText(folder["run/communication/links.csv"]));
        Assert.Equal(found.Report.AblationsText(), File.ReadAllText(folder["run/communication/ablations.csv"]));
        Assert.True(new FileInfo(folder["run/communication/communication.png"]).Length > 10_000);

        // Muted is what the channel's own option does.
        var cut = await Cut(folder, found);
        Assert.Equal(cut, found.Report.Ablations[0].Without.Mean, 1e-12);

        // The same speaker, whom the listener does not heed any more.
        Deafen(folder["run"]);
        var deaf = (await LanguageStudy.RunAsync(new() { RunFolder = folder["run"], Episodes = 1000 }, Shuffles)).Value;
        var unheard = Assert.Single(deaf.Report.Links);
        Assert.Equal(link[Measure.PositiveSignalling].Value, unheard[Measure.PositiveSignalling].Value, 1e-12);
        Assert.Equal(0, unheard[Measure.CausalInfluence].Value);
        Assert.InRange(unheard[Measure.CausalInfluence].PValue, 0.01, 1);
        Assert.All(deaf.Report.Ablations, a => Assert.Equal(0, a.Worth.Mean, 1e-12));

        var greedy = (await LanguageStudy.RunAsync(new() { RunFolder = folder["run"], Episodes = 300, Greedy = true }, Shuffles)).Value;
        Assert.Equal(0, Assert.Single(greedy.Report.Links)[Measure.CausalInfluence].Value);
        Assert.Equal(0, greedy.Report.Links[0][Measure.PositiveListening].Value);
    }

    [Theory]
    [InlineData("speakers: [sender], listeners: [sender]", "", LanguageCodes.NoLinks, "no agent speaks to another")]
    [InlineData("speakers: [sender], listeners: [receiver]", "loss: 1, delay: 1", LanguageCodes.Silence, "10 episodes")]
    public async Task Where_nobody_is_told_anything_it_is_said(string talk, string physics, string code, string named)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("rial-lewis"))
            .Replace("speakers: [sender]\n      listeners: [receiver]", talk.Replace(", l", "\n      l"))
            .Replace("loss: $loss", physics);
        File.WriteAllText(folder["quiet.yaml"], text);
        var trained = await Experiment.RunAsync(new() { Path = folder["quiet.yaml"], Out = folder["run"], Overrides = new() { StopSteps = 512, EvaluationEpisodes = 10 } });
        Assert.Empty(trained.Diagnostics);

        var found = await LanguageStudy.RunAsync(new() { RunFolder = folder["run"], Episodes = 10 }, Shuffles);

        var diagnostic = Assert.Single(found.Diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(named, diagnostic.Sentence);
        Assert.False(Directory.Exists(folder["run/communication"]));
    }

    private static async Task Train(string run, long steps)
    {
        var trained = await Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline("rial-lewis"),
            Out = run,
            Overrides = new() { StopSteps = steps, EvaluationEpisodes = 100, Parameters = [("states", $"{States}")] },
        });
        Assert.Empty(trained.Diagnostics);
    }

    private static async Task<double> Cut(TemporaryFolder folder, LanguageFindings found)
    {
        Directory.CreateDirectory(folder["cut"]);
        foreach (var file in Directory.GetFiles(folder["run"]))
        {
            File.Copy(file, Path.Combine(folder["cut"], Path.GetFileName(file)));
        }

        var pipeline = new RunFolder(folder["cut"]).Pipeline;
        File.WriteAllText(pipeline, File.ReadAllText(pipeline).Replace("loss: $loss", "loss: 1"));
        var cut = await PolicyEvaluation.RunAsync(new() { RunFolder = folder["cut"], Episodes = found.Report.Ablations[0].With.Count });
        return cut.Value.Scores.Returns.Mean;
    }

    /// <summary>Takes all that is heard out of the listener's thoughts.</summary>
    private static void Deafen(string run)
    {
        var file = new RunFolder(run).Policy;
        var policies = SafetensorsFile.Read(File.ReadAllBytes(file), file).Value;
        var listener = policies.Single(p => p.Spec.Group == "team/receiver");
        var network = listener.Spec.Talking!;
        var update = network.Rounds[0].Update;
        for (var output = 0; output < update.Outputs; output++)
        {
            listener.Parameters.AsSpan(update.Offset + (output * update.Inputs) + network.Hidden, network.Talk.Context).Clear();
        }

        File.WriteAllBytes(file, SafetensorsFile.Write(policies));
    }
}
