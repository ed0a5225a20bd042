using System.Globalization;

namespace Marl.Actors.Core.Spaces;

/// <summary>What an observation or an action may be. A closed family: <see cref="Discrete"/> and <see cref="Box"/>.</summary>
public abstract record Space
{
    private protected Space()
    {
    }

    /// <summary>Floats one element takes in a message: 1 for <see cref="Discrete"/>, the length for <see cref="Box"/>.</summary>
    public abstract int Width { get; }

    /// <summary>One of two answers.</summary>
    public TAnswer Match<TAnswer>(Func<Discrete, TAnswer> discrete, Func<Box, TAnswer> box) => this switch
    {
        Discrete d => discrete(d),
        Box b => box(b),
        _ => throw new InvalidOperationException("Spaces are a closed family."),
    };
}

/// <summary>The integers 0 … <paramref name="Count"/> − 1, carried as one float (exact up to 2^24).</summary>
/// <param name="Count">How many there are; at least 1.</param>
public sealed record Discrete(int Count) : Space
{
    /// <inheritdoc/>
    public override int Width => 1;

    /// <inheritdoc/>
    public override string ToString() => $"Discrete({Count})";
}

/// <summary>Vectors of <paramref name="Length"/> floats, each within the same bounds.</summary>
/// <param name="Length">Number of components.</param>
/// <param name="Low">Least value of a component.</param>
/// <param name="High">Greatest value of a component.</param>
public sealed record Box(int Length, float Low = float.NegativeInfinity, float High = float.PositiveInfinity) : Space
{
    /// <inheritdoc/>
    public override int Width => Length;

    /// <inheritdoc/>
    public override string ToString() => float.IsInfinity(Low) && float.IsInfinity(High)
        ? $"Box({Length})"
        : string.Create(CultureInfo.InvariantCulture, $"Box({Length}, {Low}..{High})");
}
