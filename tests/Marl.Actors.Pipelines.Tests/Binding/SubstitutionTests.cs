using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Binding;

public sealed class SubstitutionTests
{
    private static readonly Term X = Term.Var("x");
    private static readonly Term Y = Term.Var("y");

    [Fact]
    public void Chains_of_variables_resolve_to_the_constant_at_their_end()
    {
        var known = new Substitution();

        Assert.True(known.Unify(X, Y, "first"));
        Assert.True(known.Unify(Y, Term.Of(3), "second"));
        Assert.Equal(Term.Of(3), known.Resolve(X));
        Assert.Equal("second", known.SettledBy(Y));
    }

    [Fact]
    public void Compounds_unify_argument_by_argument()
    {
        var known = new Substitution();

        Assert.True(known.Unify(new Compound("pair", [X, Term.Of(2)]), new Compound("pair", [Term.Of(1), Y]), "edge"));
        Assert.Equal((Term.Of(1), Term.Of(2)), (known.Resolve(X), known.Resolve(Y)));
        Assert.False(known.Unify(new Compound("pair", [X]), new Compound("pair", [X, X]), "edge"));
        Assert.False(known.Unify(new Compound("pair", [X]), new Compound("twin", [X]), "edge"));
        Assert.False(known.Unify(new Compound("pair", [X]), Term.Of(1), "edge"));
    }

    [Fact]
    public void A_variable_cannot_hold_itself()
    {
        var known = new Substitution();

        Assert.True(known.Unify(X, X, "edge"));
        Assert.False(known.Unify(X, new Compound("box", [X]), "edge"));
        Assert.True(known.Unify(X, new Compound("box", [Y]), "edge"));
        Assert.False(known.Unify(Y, X, "edge"));
        Assert.False(known.IsGround(X));
    }
}
