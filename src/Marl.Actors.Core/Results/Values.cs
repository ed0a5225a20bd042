using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Marl.Actors.Core.Results;

/// <summary>An immutable list that is equal to another when its elements are, so that records holding lists compare by value.</summary>
/// <typeparam name="T">The element.</typeparam>
[CollectionBuilder(typeof(Values), nameof(Values.Create))]
public readonly struct Values<T> : IReadOnlyList<T>, IEquatable<Values<T>>
{
    private readonly ImmutableArray<T> items;

    internal Values(ImmutableArray<T> items) => this.items = items;

    private ImmutableArray<T> Items => items.IsDefault ? [] : items;

    /// <summary>Nobody made a list: the value of a parameter that was not given. It equals the empty list.</summary>
    public bool IsDefault => items.IsDefault;

    /// <inheritdoc/>
    public int Count => Items.Length;

    /// <inheritdoc/>
    public T this[int index] => Items[index];

    /// <summary>The elements, in order.</summary>
    public ReadOnlySpan<T> AsSpan() => Items.AsSpan();

    /// <inheritdoc/>
    public bool Equals(Values<T> other) => Items.SequenceEqual(other.Items, EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Values<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The elements in brackets: <c>[64, 64]</c>.</summary>
    public override string ToString() =>
        "[" + string.Join(", ", Items.Select(item => item is IFormattable f ? f.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : item?.ToString())) + "]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Element-wise equality.</summary>
    public static bool operator ==(Values<T> left, Values<T> right) => left.Equals(right);

    /// <summary>Element-wise inequality.</summary>
    public static bool operator !=(Values<T> left, Values<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="Values{T}"/>; collection expressions call it.</summary>
public static class Values
{
    /// <summary>A list of the given elements.</summary>
    public static Values<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);

    /// <summary>A list of a sequence's elements.</summary>
    public static Values<T> ToValues<T>(this IEnumerable<T> items) => new([.. items]);
}
