using System.Collections.Concurrent;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Messages;

/// <summary>A named slice of a message's float block.</summary>
/// <param name="Name">Its name, as traces and metrics print it.</param>
/// <param name="Shape">Its extents, outermost first; a field with a 0 in it is not there.</param>
public sealed record Field(string Name, Values<int> Shape)
{
    /// <summary>Number of floats.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, extent) => product * extent);

    /// <summary><c>observation[256×18]</c>.</summary>
    public override string ToString() => $"{Name}[{string.Join('×', Shape)}]";
}

/// <summary>
/// How a message of a kind is laid out: its fields, one after another in one float block. A kind keeps the order of its
/// fields; a field that a message does not carry has length 0, so that indexes are constants.
/// </summary>
public sealed record MessageLayout
{
    private const int MostKnown = 1024;

    private static readonly ConcurrentDictionary<MessageLayout, MessageLayout> Known = new();

    private readonly int[] offsets;

    /// <summary>Lays the fields out in order.</summary>
    public MessageLayout(string kind, params Values<Field> fields)
    {
        Kind = kind;
        Fields = fields;
        offsets = new int[fields.Count + 1];
        for (var i = 0; i < fields.Count; i++)
        {
            offsets[i + 1] = offsets[i] + fields[i].Length;
        }
    }

    /// <summary>The message kind: <c>steps</c>, <c>actions</c>, <c>weights</c>, …</summary>
    public string Kind { get; }

    /// <summary>The fields in the order of the block.</summary>
    public Values<Field> Fields { get; }

    /// <summary>Floats in the whole block.</summary>
    public int Length => offsets[^1];

    /// <summary>Bytes of payload.</summary>
    public long Bytes => 4L * Length;

    /// <summary>Where field <paramref name="index"/> begins, in floats.</summary>
    public int Offset(int index) => offsets[index];

    /// <summary>The one that all who lay out messages the same way may use, so that a thousand agents read the same few bytes for it.</summary>
    public MessageLayout Common()
    {
        if (Known.Count > MostKnown)
        {
            Known.Clear(); // who has one keeps it
        }

        return Known.GetOrAdd(this, this);
    }

    /// <summary>How many floats field <paramref name="index"/> holds.</summary>
    public int LengthOf(int index) => offsets[index + 1] - offsets[index];

    /// <summary>True when there is such a field and it holds something.</summary>
    public bool Has(int index) => index + 1 < offsets.Length && LengthOf(index) > 0;

    /// <summary>Same kind, same fields.</summary>
    public bool Equals(MessageLayout? other) => other is not null && Kind == other.Kind && Fields == other.Fields;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}({string.Join(", ", Fields.Where(f => f.Length > 0))})";
}
