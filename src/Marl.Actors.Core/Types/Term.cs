using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Types;

/// <summary>A term of the port type language: a constant, a variable of one stage instance, or a compound of terms.</summary>
public abstract record Term
{
    private protected Term()
    {
    }

    /// <summary>A known value: a space, a number, a convention.</summary>
    public static Term Of(object value) => new Constant(value);

    /// <summary>Something the stage learns from its neighbours. Scope: one instance of one stage.</summary>
    public static Term Var(string name) => new Variable(name);
}

/// <summary>A known value, compared with <see cref="object.Equals(object)"/>.</summary>
public sealed record Constant(object Value) : Term
{
    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        Enum e => Options.OptionText.Kebab(e.ToString()),
        bool b => b ? "yes" : "no",
        _ => Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>An unknown, to be found by unification along the edges.</summary>
public sealed record Variable(string Name) : Term
{
    /// <inheritdoc/>
    public override string ToString() => "?" + Name;
}

/// <summary>A named structure: equal when the names and all arguments are.</summary>
public sealed record Compound(string Name, Values<Term> Arguments) : Term
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
}
