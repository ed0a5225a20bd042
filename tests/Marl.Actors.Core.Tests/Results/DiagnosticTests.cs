using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Results;

public sealed class DiagnosticTests
{
    private static readonly SourceSpan Outer = new("pipelines/x.yaml", 12, 11);
    private static readonly SourceSpan Inner = new SourceSpan("parts/outer.yaml", 5, 3) with { Use = new(Outer) };

    [Fact]
    public void It_is_one_line_as_MSBuild_wants_it() => Assert.Equal(
        "a.yaml(3,4): error MARL9999: It is wrong. Write it right.",
        new Diagnostic("MARL9999", new("a.yaml", 3, 4), "It is wrong.", "Write it right.").ToString());

    [Fact]
    public void In_a_part_the_uses_stand_at_the_end_of_the_line_innermost_first()
    {
        var found = new Diagnostic("MARL9999", new SourceSpan("parts/inner.yaml", 3, 4) with { Use = new(Inner) }, "It is wrong.", "", Severity.Warning);

        Assert.Equal(
            "parts/inner.yaml(3,4): warning MARL9999: It is wrong. Used at parts/outer.yaml(5,3). Used at pipelines/x.yaml(12,11).", found.ToString());
        Assert.Equal(new("parts/inner.yaml", 3, 4), found.Where);
        Assert.Equal([Inner with { Use = null }, Outer], found.Related.Select(r => r.Where));
    }
}
