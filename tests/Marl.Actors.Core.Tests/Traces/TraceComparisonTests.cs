using Marl.Actors.Core.Traces;
using Xunit;

namespace Marl.Actors.Core.Tests.Traces;

public sealed class TraceComparisonTests
{
    private const string Elsewhere = "macos arm64 neon net10";

    [Fact]
    public void Equal_traces_agree() => Assert.Empty(TraceComparison.Differences(TraceExamples.Of(), TraceExamples.Of()));

    [Fact]
    public void On_one_profile_digests_must_be_equal()
    {
        var found = TraceComparison.Differences(TraceExamples.Of(), TraceExamples.Of(reward: 0.5f + 1e-6f));
        Assert.Equal(["a.out → b.in: exact digest", "policy team"], found.Select(d => d.Where));
    }

    [Fact]
    public void Across_profiles_floats_may_differ_a_little_and_digests_at_all() =>
        Assert.Empty(TraceComparison.Differences(TraceExamples.Of(), TraceExamples.Of(reward: 0.5f + 1e-6f, profile: Elsewhere)));

    [Fact]
    public void Whole_numbers_must_be_equal_everywhere()
    {
        var difference = Assert.Single(TraceComparison.Differences(TraceExamples.Of(), TraceExamples.Of(action: 3, profile: Elsewhere)));
        Assert.Equal("a.out → b.in: a → b/x #1", difference.Where);
        Assert.Contains("action[2] sum 2 in 0..2", difference.Left);
        Assert.Contains("action[2] sum 3 in 0..3", difference.Right);
    }

    [Fact]
    public void A_missing_message_is_shown_as_nothing()
    {
        var difference = Assert.Single(TraceComparison.Differences(TraceExamples.Of(), TraceExamples.Of(last: 2)));
        Assert.Equal(("a.out → b.in: a → b/x #3", "nothing"), (difference.Where, difference.Right));
    }

    [Fact]
    public void A_missing_edge_and_another_seed_are_found()
    {
        var whole = TraceExamples.Of();
        var found = TraceComparison.Differences(whole, whole with { Seed = 4, Edges = [whole.Edges[0]], Policies = [] });
        Assert.Equal(["header", "b.out → a.in", "policy team"], found.Select(d => d.Where));
    }
}
