using System.Text.RegularExpressions;
using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

/// <summary>A diagnostic code means one thing, wherever it is read.</summary>
public sealed class DiagnosticCodeTests
{
    private static readonly Regex Literal = new("\"(MARL[0-9]{4})\"");
    private static readonly Regex Definition = new(@"\bconst string \w+ = ""(MARL[0-9]{4})""");

    [Fact]
    public void No_code_is_defined_twice()
    {
        var twice = Found(Definition).GroupBy(d => d.Code).Where(g => g.Count() > 1);

        Findings.None(twice.Select(g => $"{g.Key}: {string.Join(", ", g.Select(d => d.File))}"));
    }

    [Fact]
    public void No_code_is_written_in_two_features()
    {
        var spread = Found(Literal).GroupBy(d => d.Code).Where(g => g.Select(d => Path.GetDirectoryName(d.File)).Distinct().Count() > 1);

        Findings.None(spread.Select(g => $"{g.Key}: {string.Join(", ", g.Select(d => d.File).Distinct())}"));
    }

    [Fact]
    public void Codes_are_looked_for_where_they_are() => Assert.True(Found(Literal).Select(d => d.Code).Distinct().Count() > 40);

    private static IEnumerable<(string Code, string File)> Found(Regex pattern) => Repository.Sources("src", "tools")
        .SelectMany(file => pattern.Matches(Repository.Text(file)).Select(m => (m.Groups[1].Value, file)));
}
