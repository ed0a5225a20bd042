using Marl.Actors.Core.Messages;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Tests.Exploring;

/// <summary>
/// The pipelines of the repository over a network that loses, doubles and overtakes, with stages that crash: nothing shows.
/// <c>MARL_EXPLORE=1000</c> tries that many seeds of the small ones, each with 2,000 messages at least.
/// </summary>
public sealed class CampaignTests(ITestOutputHelper log)
{
    private static readonly int? Seeds = int.TryParse(Environment.GetEnvironmentVariable("MARL_EXPLORE"), out var asked) ? asked : null;

    public static TheoryData<string> Pipelines => [.. Repository.DeterminatePipelines.Select(p => Path.GetFileNameWithoutExtension(p))];

    [Theory]
    [InlineData("ippo-two-step")]
    [InlineData("ippo-spread")]
    [InlineData("vdn-two-step")]
    public void Small_pipelines_under_many_schedules(string pipeline)
    {
        var report = Explore(new()
        {
            Path = Repository.Pipeline(pipeline),
            Faults = FaultPlanReader.Read(Path.Combine(Repository.Root, "pipelines", "faults", "rough.yaml")).Value,
            Seeds = Seeds ?? 3,
        });
        Assert.Equal(Seeds ?? 3, report.Seeds);
        Assert.True(report.FewestMessages >= 2_000, $"{report.FewestMessages} messages");
        Assert.True(report.Crashes >= 5 * report.Seeds, $"{report.Crashes} crashes");
    }

    /// <summary>Stages are saved after every third firing, wherever in an iteration that is.</summary>
    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Every_pipeline_with_stages_that_crash_in_the_middle_of_an_iteration(string pipeline)
    {
        var report = Explore(new()
        {
            Path = Repository.Pipeline(pipeline),
            Overrides = new() { EvaluationEpisodes = 4 },
            Faults = FaultPlanReader.Parse("faults:\n  - crash: \"*\"\n    probability: 0.05\n    at: [2]\nsave: 3\n", "crashes.yaml").Value,
            Messages = 200,
            Seeds = 2,
        });
        Assert.True(report.Crashes >= 10, $"{report.Crashes} crashes");
    }

    private ExploreReport Explore(ExploreRequest request)
    {
        MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN
        var report = Explorer.Run(request);
        Assert.Empty(report.Diagnostics);
        Assert.Empty(report.Value.Violations);
        log.WriteLine($"{report.Value.Seeds} seeds, {report.Value.Messages} messages, {report.Value.Faults} faults, {report.Value.Crashes} crashes; {report.Value.Tokens}");
        return report.Value;
    }
}
