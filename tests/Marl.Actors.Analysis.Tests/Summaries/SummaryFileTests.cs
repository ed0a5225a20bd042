using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Summaries;

public sealed class SummaryFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static RunSummary Full { get; } = new(
        "mappo-spread", 1, 2_000_000, 625, 74.25149, 26935.71, "v3", StopReason.Steps,
        new(-27.5625, 11.25, 320, -28.75, -26.375, ReturnConvention.TeamSum),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static RunSummary Bare { get; } = new(
        "ppo \"quoted\" ü", -5, 0, 0, 0, double.NaN, null, StopReason.CtrlC, null, null);

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task The_file_is_a_document() => Snapshots.Verify(SummaryFile.Text(Full));

    [Fact]
    public Task What_is_not_there_is_null() => Snapshots.Verify(SummaryFile.Text(Bare));

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.True(SummaryFile.Write(folder["s"], Full).IsSuccess);
        var read = SummaryFile.Read(folder["s"]).Value;

        Assert.Equal(Full with { WallSeconds = 74.251, EnvironmentStepsPerSecond = 26935.7 }, read);
        Assert.Equal(SummaryFile.Text(Full), SummaryFile.Text(read));
    }

    [Fact]
    public void One_episode_has_no_interval()
    {
        var one = Full with { Evaluation = EvaluationSummary.Of(new(ReturnConvention.PerAgent, Sample.Of([3]), 5)) };
        SummaryFile.Write(folder["s"], one);

        var read = SummaryFile.Read(folder["s"]).Value.Evaluation;

        Assert.Equal(new EvaluationSummary(3, null, 1, null, null, ReturnConvention.PerAgent), read);
    }

    [Theory]
    [InlineData("\"seed\": 1,", "\"seed\": \"one\",", "'seed'")]
    [InlineData("\"seed\": 1,", "", "'seed'")]
    [InlineData("\"updates\": 625", "\"updates\": -1", "'updates'")]
    [InlineData("\"stoppedBy\": \"steps\"", "\"stoppedBy\": \"fire\"", "'stoppedBy' is not one of steps, ctrl-c")]
    [InlineData("\"team-sum\"", "\"team\"", "'evaluation.convention'")]
    [InlineData("\"episodes\": 320", "\"episodes\": 3.5", "'evaluation.episodes'")]
    [InlineData("-28.75", "\"low\"", "'evaluation.interval95'")]
    [InlineData("\"mappo-spread\"", "null", "'pipeline'")]
    public void A_wrong_field_is_named(string from, string to, string name)
    {
        File.WriteAllText(folder["s"], SummaryFile.Text(Full).Replace(from, to));

        var finding = Assert.Single(SummaryFile.Read(folder["s"]).Diagnostics);

        Assert.Equal("MARL3422", finding.Code);
        Assert.Contains(name, finding.Sentence);
    }

    [Fact]
    public void Every_cut_of_the_file_is_a_diagnostic_and_never_an_exception()
    {
        var text = SummaryFile.Text(Full);
        for (var length = 0; length < text.Length - 2; length++)
        {
            File.WriteAllText(folder["s"], text[..length]);
            var finding = Assert.Single(SummaryFile.Read(folder["s"]).Diagnostics);
            Assert.Equal("MARL3421", finding.Code);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    public void Something_else_is_a_diagnostic(string text)
    {
        File.WriteAllText(folder["s"], text);

        Assert.Equal("MARL3422", Assert.Single(SummaryFile.Read(folder["s"]).Diagnostics).Code);
    }

    [Fact]
    public void Deep_nesting_is_a_diagnostic()
    {
        File.WriteAllText(folder["s"], new string('[', 100_000));

        Assert.Equal("MARL3421", Assert.Single(SummaryFile.Read(folder["s"]).Diagnostics).Code);
    }

    [Fact]
    public void A_missing_file_is_a_diagnostic() =>
        Assert.Equal("MARL3410", Assert.Single(SummaryFile.Read(folder["none"]).Diagnostics).Code);
}
