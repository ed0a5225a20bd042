using Marl.Actors.Core.Messages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary>One seed, one result: through the façade, with real components, whatever the threads do.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("mappo-spread", 12_800)]
    [InlineData("mappo-speaker-listener", 12_800)]
    [InlineData("ippo-coordination", 4_000)]
    [InlineData("ppo-cartpole", 4_096)]
    public async Task Two_runs_with_one_seed_end_with_the_same_weights(string pipeline, long steps)
    {
        MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN
        var first = await Weights(pipeline, steps, seed: 5);
        Assert.Equal(first, await Weights(pipeline, steps, seed: 5));
        Assert.NotEqual(first, await Weights(pipeline, steps, seed: 6));
    }

    private static async Task<(string?, double?)> Weights(string pipeline, long steps, long seed)
    {
        using var folder = new TemporaryFolder();
        var result = await Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline(pipeline),
            Out = folder["run"],
            Overrides = new BindingOverrides { Seed = seed, StopSteps = steps, EvaluationEpisodes = 8 },
        });
        Assert.Empty(result.Diagnostics);
        return (result.Value.Summary.WeightsSha256, result.Value.Summary.Evaluation?.Mean);
    }
}
