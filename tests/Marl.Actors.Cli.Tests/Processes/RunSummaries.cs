using Marl.Actors.Analysis.Summaries;
using Xunit;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>Reads and compares what runs came to.</summary>
internal static class RunSummaries
{
    /// <summary>The summary of the run in a folder.</summary>
    public static RunSummary Summary(this Workplace place, string run)
    {
        var read = SummaryFile.Read(place[run, "summary.json"]);
        Assert.True(read.IsSuccess, string.Join('\n', read.Diagnostics));
        return read.Value;
    }

    /// <summary>All but the two figures that come from a clock.</summary>
    public static RunSummary WithoutTimes(this RunSummary summary) => summary with { WallSeconds = 0, EnvironmentStepsPerSecond = 0 };
}
