using Marl.Actors.Core.Traces;
using Xunit;

namespace Marl.Actors.Core.Tests.Traces;

public sealed class TraceTextTests
{
    private static readonly string Text = TraceText.Write(TraceExamples.Of());

    [Fact]
    public void What_is_written_is_read_again()
    {
        var read = TraceReader.Read(Text, "t");
        Assert.Empty(read.Diagnostics);
        Assert.Equal(TraceExamples.Of().Edges, read.Value.Edges);
        Assert.Equal(Text, TraceText.Write(read.Value));
        Assert.Equal(Text, TraceText.Write(TraceReader.Read("\uFEFF" + Text.Replace("\n", "\r\n", StringComparison.Ordinal), "t").Value));
    }

    [Fact]
    public void A_broken_line_is_named()
    {
        var lines = Text.Split('\n');
        for (var at = 0; at < lines.Length - 1; at++)
        {
            var broken = TraceReader.Read(string.Join('\n', lines.Select((line, i) => i == at ? "!" + line + "!" : line)), "t");
            if (lines[at].Contains(':') && at < 5 && broken.IsSuccess)
            {
                continue; // a header's value may be any text
            }

            Assert.False(broken.IsSuccess, lines[at]);
            Assert.Equal(at + 1, broken.Diagnostics[0].Where.Line);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("trace: x\nseed: 99999999999999999999\n")]
    public void What_is_no_trace_is_said(string text) => Assert.Equal("MARL3801", TraceReader.Read(text, "t").Diagnostics[0].Code);

    [Fact]
    public void Whole_numbers_are_exact_and_others_have_four_digits()
    {
        Assert.Equal("a[3] sum 6 in 0..4", $"{TraceField.Of("a", "3", [4, 2, -0f])}");
        Assert.Equal("a[2] mean -0.6173 in -1.235..0", $"{TraceField.Of("a", "2", [-1.2346f, 0])}");
    }
}
