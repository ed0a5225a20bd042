using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Xunit;

namespace Marl.Actors.Core.Tests.Stages;

public sealed class SignatureTests
{
    private static readonly PortType Type = PortType.Of("token");

    [Fact]
    public void Without_a_pattern_a_firing_takes_and_sends_one_of_each()
    {
        var pattern = new Signature().In("a", Type).In("b", Type).Out("c", Type).Out("end", Type).Starts("c", 2).EndsIteration("end").Pattern;

        var phase = Assert.Single(pattern.Cycle);
        Assert.Equal([new("a", 1), new("b", 1)], phase.Taken);
        Assert.Equal([new PortTokens("c", 1)], phase.Sent);
        Assert.Equal([new PortTokens("c", 2)], pattern.Start);
        Assert.Equal([new PortTokens("end", 1)], pattern.IterationEnd);
        Assert.Empty(pattern.Opening);
    }

    [Fact]
    public void A_stage_may_say_that_it_never_fires() => Assert.Empty(new Signature().Out("a", Type).Starts("a").Fires().Pattern.Cycle);

    [Fact]
    public void Terms_are_changed_in_types_and_amounts_alike()
    {
        var length = Term.Var("length");
        var signature = new Signature()
            .In("a", PortType.Of("token", ("length", length)))
            .Opens(Phase.Once.Take("a", (Amount)length + 1))
            .Fires(Phase.Times((Amount)length - 1).Take("a", length), Phase.Times(Amount.Varying).Take("a"))
            .With(term => term == length ? Term.Of(5) : term);

        Assert.Equal(Term.Of(5), signature.Inputs["a"][0]["length"]);
        Assert.Equal((Amount)Term.Of(5) + 1, signature.Pattern.Opening[0].Taken[0].Tokens);
        Assert.Equal((Amount)5 - 1, signature.Pattern.Cycle[0].Repeat);
        Assert.Equal((Amount)5, signature.Pattern.Cycle[0].Taken[0].Tokens);
        Assert.True(signature.Pattern.Cycle[1].Repeat.IsVarying);
    }

    [Fact]
    public void What_is_decided_at_run_time_stays_so_when_terms_are_changed() => Assert.Equal(
        ["c"], new Signature().Out("c", Type).Fires(Phase.Once.Send("c")).DecidesAtRunTime("c").With((Term term) => term).Pattern.DecidedAtRunTime);

    [Fact]
    public void What_a_firing_takes_can_not_vary() => Assert.Throws<ArgumentException>(() => Phase.Once.Take("a", Amount.Varying));

    [Fact]
    public void Amounts_say_what_they_are() =>
        Assert.Equal(["3", "?length + 1", "varying", "varying"], new[] { (Amount)3, (Amount)Term.Var("length") + 1, Amount.Varying, Amount.Varying + 1 }.Select(a => a.ToString()));
}
