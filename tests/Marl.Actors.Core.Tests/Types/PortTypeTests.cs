using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Core.Tests.Types;

public sealed class PortTypeTests
{
    private static PortType Type { get; } = PortType.Of(
        "steps",
        ("copies", Term.Of(8)),
        ("action", Term.Of(new Discrete(5))),
        ("reward", Term.Of(RewardConvention.TeamSum)),
        ("mask", Term.Of(false)),
        ("policy", Term.Var("policy")));

    [Fact]
    public void It_prints_as_the_compiler_shows_it() => Assert.Equal(
        "steps(copies: 8, action: Discrete(5), reward: team-sum, mask: no, policy: ?policy)", Type.ToString());

    [Fact]
    public void Resolved_fields_give_their_values()
    {
        Assert.Equal(8, Type.Get<int>("copies"));
        Assert.Equal(new Discrete(5), Type.Get<Space>("action"));
    }

    [Fact]
    public void Unresolved_and_mistyped_fields_are_bugs()
    {
        Assert.Throws<InvalidOperationException>(() => Type.Get<object>("policy"));
        Assert.Throws<InvalidOperationException>(() => Type.Get<string>("copies"));
        Assert.Throws<KeyNotFoundException>(() => Type["none"]);
    }

    [Fact]
    public void Types_are_equal_by_value()
    {
        Assert.Equal(PortType.Of("k", ("a", Term.Of(1))), PortType.Of("k", ("a", Term.Of(1))));
        Assert.NotEqual(PortType.Of("k", ("a", Term.Of(1))), PortType.Of("k", ("a", Term.Of(2))));
        Assert.Equal(new Compound("pair", [Term.Of(1), Term.Var("x")]), new Compound("pair", [Term.Of(1), Term.Var("x")]));
        Assert.Equal("pair(1, ?x)", new Compound("pair", [Term.Of(1), Term.Var("x")]).ToString());
    }

    [Fact]
    public void Spaces_know_their_width()
    {
        Assert.Equal((1, 7), (new Discrete(5).Width, new Box(7).Width));
        Assert.Equal("Box(7)", new Box(7).ToString());
        Assert.Equal("Box(2, -1..0.5)", new Box(2, -1, 0.5f).ToString());
        Assert.Equal("d5", new Discrete(5).Match(d => "d" + d.Count, b => "b" + b.Length));
        Assert.Equal("b2", new Box(2).Match(d => "d" + d.Count, b => "b" + b.Length));
    }
}
