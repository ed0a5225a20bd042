using Marl.Actors.Experiments;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>Two levels of coordinators above sixteen agents as a whole pipeline.</summary>
public sealed class HierarchyTests
{
    private static readonly string Text = File.ReadAllText(Repository.Pipeline("hierarchical-navigation"))
        .Replace("copies: 32", "copies: 2", StringComparison.Ordinal)
        .Replace("every: 60_000", "every: 128", StringComparison.Ordinal);

    [Fact]
    public void Each_level_is_asked_less_often_and_sees_no_more()
    {
        var graph = Experiment.Load(Repository.Pipeline("hierarchical-navigation")).Value;
        Assert.Equal(["1/8", "1/16", "1/32"], new[] { "crews", "staff", "chief" }.Select(stage => $"{graph[stage].Rate!.Value}"));
        Assert.Equal([16, 4, 1], new[] { "workers", "captains", "chief" }.Select(stage => graph[stage].Instances.Count));
    }

    [Fact]
    public async Task Every_interpreter_and_order_learns_the_same()
    {
        using var folder = new TemporaryFolder();
        var request = Request(folder);
        var local = (await Experiment.RunAsync(request with { Out = folder["local"] })).Value;
        var simulated = (await Experiment.RunAsync(request with { Out = folder["simulated"], Interpretation = new(Interpreter.Simulated, Schedule: 7) })).Value;
        Assert.Equal(local.Summary.WeightsSha256, simulated.Summary.WeightsSha256);
        Assert.Equal(local.Summary.Evaluation?.Mean, simulated.Summary.Evaluation?.Mean);
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_to_the_same_end()
    {
        using var folder = new TemporaryFolder();
        var request = Request(folder);
        var whole = (await Experiment.RunAsync(request with { Out = folder["whole"] })).Value;

        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with
        {
            Out = folder["parts"],
            Progress = p => (p.EnvironmentSteps >= 128 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var rest = (await Experiment.ResumeAsync(new() { Path = folder["parts"] })).Value;
        Assert.Equal(256, rest.Summary.EnvironmentSteps);
        Assert.Equal(whole.Summary.WeightsSha256, rest.Summary.WeightsSha256);
        Assert.Equal(whole.Summary.Evaluation?.Mean, rest.Summary.Evaluation?.Mean);
    }

    private static ExperimentRequest Request(TemporaryFolder folder)
    {
        File.WriteAllText(folder["hierarchy.yaml"], Text);
        return new() { Path = folder["hierarchy.yaml"], Overrides = new() { StopSteps = 256, CheckpointEvery = 64, EvaluationEpisodes = 4 } };
    }
}
