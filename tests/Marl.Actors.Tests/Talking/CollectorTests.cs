using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Talking;

/// <summary>
/// A learner on Torch comes to the same weights however often memory is collected meanwhile: TorchSharp lets go of numbers that
/// libtorch is about to read (<see cref="Learning.Native.Number"/>), and three of eight such runs had other weights before they were held.
/// </summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task Collecting_memory_changes_no_weight()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = await WeightsAsync(folder["undisturbed"]);
        using var over = new CancellationTokenSource();
        var collecting = Task.Run(() => Collect(over.Token));
        var disturbed = await WeightsAsync(folder["disturbed"]);
        await over.CancelAsync();
        await collecting;
        Assert.Equal(undisturbed, disturbed);
    }

    private static async Task<byte[]> WeightsAsync(string path)
    {
        var run = await Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline("tarmac-two-rounds"), Out = path, Overrides = new BindingOverrides { StopSteps = 6_144, EvaluationEpisodes = 10 },
        });
        Assert.Empty(run.Diagnostics);
        return File.ReadAllBytes(Path.Combine(path, "policy.safetensors"));
    }

    private static void Collect(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
