using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Campaigns;

public sealed class BarsReaderTests
{
    private const string Two = """
        bars:
          - pipeline: ppo.yaml
            seeds: 1..3
            statistic: mean
            atLeast: 475
            source: Gymnasium
            tier: short
          - pipeline: deeper/mappo.yaml
            set: { agents: 4, view: joint }
            seeds: [7, 1_000]
            steps: 5_000_000
            at: 2_000_000
            statistic: worst
            atLeast: -25.5
            random: -79
            optimum: -23.3
            source: a planner
            tier: full

        """;

    [Fact]
    public void Bars_are_read_in_order()
    {
        var bars = Read(Two);

        Assert.Equal(["folder/ppo.yaml", "folder/deeper/mappo.yaml"], bars.Select(b => b.PipelinePath));
        Assert.Equal(["", "agents=4 view=joint"], bars.Select(b => b.SettingText));
        Assert.Equal([[1, 2, 3], [7, 1000]], bars.Select(b => b.Seeds));
        Assert.Equal([null, 5_000_000], bars.Select(b => b.Steps?.Value));
        Assert.Equal([null, 2_000_000], bars.Select(b => b.At?.Value));
        Assert.Equal([Statistic.Mean, Statistic.Worst], bars.Select(b => b.Statistic));
        Assert.Equal([475, -25.5], bars.Select(b => b.AtLeast.Value));
        Assert.Equal([null, -79], bars.Select(b => b.Random));
        Assert.Equal([null, -23.3], bars.Select(b => b.Optimum));
        Assert.Equal([Tier.Short, Tier.Full], bars.Select(b => b.Tier));
        Assert.Equal(["folder/bars.yaml(2,5)", "folder/bars.yaml(8,5)"], bars.Select(b => $"{b.Where}"));
    }

    [Theory]
    [InlineData("4", new long[] { 4 })]
    [InlineData("0..2", new long[] { 0, 1, 2 })]
    [InlineData("[3, 3, 1]", new long[] { 3, 1 })]
    public void Seeds_are_a_range_a_list_or_one(string text, long[] seeds) =>
        Assert.Equal(seeds, Read(Two.Replace("1..3", text))[0].Seeds);

    [Theory]
    [InlineData("1..")]
    [InlineData("..3")]
    [InlineData("1..2..3")]
    [InlineData("3..1")]
    [InlineData("-1..1")]
    [InlineData("one")]
    [InlineData("[]")]
    [InlineData("1..9223372036854775807")]
    public void Other_seeds_are_refused(string text)
    {
        var fault = Assert.Single(BarsReader.Parse(Two.Replace("1..3", text), "b.yaml").Diagnostics);
        Assert.Equal((TextCodes.BadBarValue, 3, 12), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Fact]
    public void Seeds_are_not_set_twice()
    {
        var fault = Assert.Single(BarsReader.Parse(Two.Replace("agents: 4", "seed: 4"), "b.yaml").Diagnostics);
        Assert.Equal((TextCodes.BadBarValue, 9, 12), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Theory]
    [InlineData("exploitability", Measure.Exploitability)]
    [InlineData("distance", Measure.Distance)]
    public void What_is_measured_of_a_league_is_of_a_whole_run(string text, Measure measure)
    {
        var bar = Two.Replace("source: a planner", "measure: " + text + "\n    source: a planner");
        Assert.Equal([Measure.Return, measure], Read(bar.Replace("    at: 2_000_000\n", "")).Select(b => b.Measure));

        var fault = Assert.Single(BarsReader.Parse(bar, "b.yaml").Diagnostics);
        Assert.Equal((TextCodes.BadBarValue, 12, 9), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Fact]
    public void Pipelines_must_exist()
    {
        using var folder = new TestFolder();
        var path = folder.Write("bars.yaml", System.Text.Encoding.UTF8.GetBytes(Two));
        folder.Write("ppo.yaml", "pipeline: ppo\n"u8.ToArray());

        var fault = Assert.Single(BarsReader.Read(path).Diagnostics);
        Assert.Equal((TextCodes.BarPipelineNotFound, 8, 15), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Fact]
    public void The_repository_has_bars_for_each_of_its_pipelines()
    {
        var result = BarsReader.Read(TestFiles.Folder("pipelines/bars.yaml"));

        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        var files = new[] { "", "navigation/" } // those in markets/ have traders that learn nothing that is saved: MarketPipelineTests holds them
            .SelectMany(folder => Directory.GetFiles(TestFiles.Folder("pipelines/" + folder), "*.yaml").Select(f => folder + Path.GetFileName(f))).Where(f => f != "bars.yaml");
        Assert.Equal(files.Order(StringComparer.Ordinal), result.Value.Select(b => b.Pipeline.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(result.Value, b => b.Tier == Tier.Short);
    }

    private static Values<Bar> Read(string text)
    {
        var result = BarsReader.Parse(text, "folder/bars.yaml");
        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        return result.Value;
    }
}
