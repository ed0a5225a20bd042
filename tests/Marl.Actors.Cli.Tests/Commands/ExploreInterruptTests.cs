using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>Explorations that are stopped say what was done.</summary>
public sealed class ExploreInterruptTests
{
    [Fact]
    public async Task Ctrl_C_ends_after_the_schedules_at_hand_and_prints_the_counts()
    {
        using var place = new Workplace();
        using var process = place.Start("explore", Workplace.Coordination, "--seeds", "4_000", "--messages", "200", "--jobs", "2");
        await process.WhenAsync(p => p.Said.Contains("of 4000 seeds", StringComparison.Ordinal));
        process.Signal("INT");
        var outcome = (await process.EndAsync()).Ended(130);
        Assert.Matches(@"^\d+ seeds, \d+ messages \(at least \d+ a seed\), 0 faults \(0 crashes\), 0 violations, ", outcome.Out);
    }
}
