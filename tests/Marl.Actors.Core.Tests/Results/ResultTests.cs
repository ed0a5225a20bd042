using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Results;

public sealed class ResultTests
{
    private static readonly Diagnostic Error = new("MARL0000", new("a.yaml", 3, 7), "It is wrong.", "Make it right.");
    private static readonly Diagnostic Warning = Error with { Severity = Severity.Warning };

    [Fact]
    public void A_success_maps_and_a_failure_passes_through()
    {
        Assert.Equal(6, Result.Success(3).Map(x => 2 * x).Value);
        var failure = Result.Failure<int>(Error).Map<int>(_ => throw new InvalidOperationException("must not run"));
        Assert.Equal([Error], failure.Diagnostics);
    }

    [Fact]
    public void Then_keeps_the_findings_of_both_steps()
    {
        var both = Result.Of(1, [Warning]).Then(x => Result.Failure<int>(Error));

        Assert.False(both.IsSuccess);
        Assert.Equal([Warning, Error], both.Diagnostics);
    }

    [Fact]
    public void An_error_among_the_findings_makes_a_failure()
    {
        Assert.True(Result.Of("x", [Warning]).IsSuccess);
        Assert.False(Result.Of("x", [Warning, Error]).IsSuccess);
    }

    [Fact]
    public void Asking_a_failure_for_its_value_is_a_bug()
    {
        var bug = Assert.Throws<InvalidOperationException>(() => Result.Failure<int>(Error).Value);
        Assert.Contains("It is wrong.", bug.Message);
    }

    [Fact]
    public void Match_takes_one_branch()
    {
        Assert.Equal("2", Result.Success(2).Match(x => x.ToString(), _ => "failed"));
        Assert.Equal("1 finding", Result.Failure<int>(Error).Match(_ => "", found => $"{found.Count} finding"));
    }

    [Theory]
    [InlineData("a.yaml", 3, 7, "a.yaml(3,7): error MARL0000: It is wrong. Make it right.")]
    [InlineData("a.yaml", 0, 0, "a.yaml: error MARL0000: It is wrong. Make it right.")]
    [InlineData("", 0, 0, "marl: error MARL0000: It is wrong. Make it right.")]
    public void A_diagnostic_prints_as_editors_and_CI_read_it(string file, int line, int column, string expected) =>
        Assert.Equal(expected, (Error with { Where = new(file, line, column) }).ToString());

    [Fact]
    public void Without_a_remedy_nothing_trails() =>
        Assert.Equal("marl: warning MARL0000: It is wrong.", (Warning with { Remedy = "", Where = SourceSpan.None }).ToString());
}
