using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Wire;

/// <summary>Layouts in bytes.</summary>
internal static class LayoutCodec
{
    private const int LongestName = 1024;
    private const int MostFields = 1024;
    private const int MostExtents = 16;

    public static void Write(WireWriter to, MessageLayout layout)
    {
        to.Text(layout.Kind);
        to.Small(layout.Fields.Count);
        foreach (var field in layout.Fields)
        {
            to.Text(field.Name);
            to.Small(field.Shape.Count);
            foreach (var extent in field.Shape)
            {
                to.Small(extent);
            }
        }
    }

    /// <summary>A layout of at most so many floats.</summary>
    public static MessageLayout Read(WireReader from, int mostFloats)
    {
        var kind = from.Text(LongestName);
        var fields = new Field[from.Count(MostFields, bytesEach: 2)];
        long total = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Field(from, mostFloats);
            total += fields[i].Length;
        }

        return total <= mostFloats
            ? new(kind, [.. fields])
            : throw new WireException($"A message of {total} floats is longer than a parcel may be ({mostFloats} floats).");
    }

    private static Field Field(WireReader from, int mostFloats)
    {
        var name = from.Text(LongestName);
        var shape = new int[from.Count(MostExtents)];
        long length = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = from.Small(mostFloats);
            length = Math.Min(length * shape[i], int.MaxValue); // no product of two of these overflows
        }

        // An extent of 0 makes the field empty, whatever stands around it; without one every partial product is within the limit.
        return length <= mostFloats ? new(name, shape.ToValues()) : throw new WireException($"A field '{name}' of {length} floats is longer than a parcel may be ({mostFloats} floats).");
    }
}
