using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// How many tokens, or firings: a number, or a variable of the port types (a rollout's length) with something added; or as many
/// as the data says, which nobody knows before running.
/// </summary>
public sealed record Amount
{
    private Amount(Term? term, int added)
    {
        Term = term;
        Added = added;
    }

    /// <summary>As many as the data says.</summary>
    public static Amount Varying { get; } = new(null, 0);

    /// <summary>A constant or a variable of the stage's port types; null where it varies.</summary>
    public Term? Term { get; }

    /// <summary>What is added to it.</summary>
    public int Added { get; }

    /// <summary>Known only while running.</summary>
    public bool IsVarying => Term is null;

    /// <summary>A number.</summary>
    public static implicit operator Amount(int number) => new(Term.Of(number), 0);

    /// <summary>What a term stands for.</summary>
    public static implicit operator Amount(Term term) => new(term, 0);

    /// <summary>That many more.</summary>
    public static Amount operator +(Amount amount, int more) => amount.IsVarying ? amount : new(amount.Term, amount.Added + more);

    /// <summary>That many fewer.</summary>
    public static Amount operator -(Amount amount, int fewer) => amount + -fewer;

    /// <summary>The same with another term in the place of its own.</summary>
    public Amount With(Func<Term, Term> change) => IsVarying ? this : new(change(Term!), Added);

    /// <inheritdoc/>
    public override string ToString() => IsVarying ? "varying" : Added == 0 ? $"{Term}" : $"{Term} + {Added}";
}
