using Marl.Actors.Core.Results;
using Xunit;

namespace Marl.Actors.Core.Tests.Results;

public sealed class ValuesTests
{
    [Fact]
    public void Equal_elements_make_equal_lists_and_equal_hashes()
    {
        Values<int> a = [1, 2, 3];
        var b = Enumerable.Range(1, 3).ToValues();

        Assert.True(a == b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.True(a != [1, 2]);
        Assert.False(a.Equals((object)"other"));
    }

    [Fact]
    public void Order_and_length_count()
    {
        Assert.True((Values<int>)[1, 2] != [2, 1]);
        Assert.True((Values<int>)[] != [0]);
    }

    [Fact]
    public void The_default_is_empty()
    {
        Values<string> none = default;

        Assert.Empty(none);
        Assert.True(none == []);
        Assert.Equal("[]", none.ToString());
    }

    [Fact]
    public void Records_that_hold_lists_compare_by_value() => Assert.Equal(new Holder([1, 2]), new Holder([1, 2]));

    [Fact]
    public void Numbers_print_the_same_in_every_culture() => Assert.Equal("[0.5, -2]", ((Values<double>)[0.5, -2]).ToString());

    private sealed record Holder(Values<int> Items);
}
