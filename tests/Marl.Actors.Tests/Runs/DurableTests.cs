using System.Globalization;
using Marl.Actors.Experiments;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary><c>durable: true</c>: what is reported can't be lost any more.</summary>
public sealed class DurableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_update_is_reported_after_it_was_saved(bool isDurable)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("ippo-coordination"));
        File.WriteAllText(folder["saved.yaml"], isDurable ? text.Replace("parameters:", "durable: true\nparameters:", StringComparison.Ordinal) : text);
        var ahead = 0;
        var result = await Experiment.RunAsync(new()
        {
            Path = folder["saved.yaml"],
            Out = folder["run"],
            Overrides = new() { StopSteps = 4_000 },
            Progress = p => ahead += p.EnvironmentSteps > Saved(folder["run"]) ? 1 : 0,
        });
        Assert.True(result.IsSuccess);
        Assert.Equal(10, File.ReadLines(Path.Combine(folder["run"], "training.csv")).Count() - 1);
        Assert.Equal(isDurable, ahead == 0);
    }

    private static long Saved(string run) => Directory.GetFiles(Path.Combine(run, "checkpoints"))
        .Select(f => long.Parse(Path.GetFileNameWithoutExtension(f), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
}
