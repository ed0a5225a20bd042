using Marl.Actors.Cli.Printing;
using Xunit;

namespace Marl.Actors.Cli.Tests.Failures;

/// <summary>A fault in marl itself.</summary>
public sealed class LastResortTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_one_line_that_says_where_the_details_are(bool isVerbose)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var screen = new Screen(new(TextWriter.Null, false), new(error, false));

        var exitCode = LastResort.Report(new InvalidOperationException("first line\nsecond line"), isVerbose, screen);

        var said = error.ToString();
        var line = said.Split('\n')[0];
        var path = line.Split(' ').First(word => word.EndsWith(".log;", StringComparison.Ordinal)).TrimEnd(';');
        Assert.Equal(70, exitCode);
        Assert.StartsWith("marl: error MARL3000: ", line);
        Assert.Contains("second line", File.ReadAllText(path));
        Assert.Equal(isVerbose, said.Contains("second line", StringComparison.Ordinal));
        Assert.Equal(isVerbose ? 2 : 1, Math.Min(2, said.TrimEnd('\n').Split('\n').Length));
        File.Delete(path);
    }
}
