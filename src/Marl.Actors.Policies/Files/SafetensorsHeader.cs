using System.Buffers.Binary;
using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Policies.Files;

/// <summary>One tensor of a safetensors header: F32, its extents, its bytes within the data.</summary>
internal sealed record TensorEntry(string Name, Values<int> Shape, int Begin, int End);

/// <summary>The header of a safetensors file, checked: tensors in order of offset cover the data without gap or overlap.</summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, Values<TensorEntry> Tensors, int DataStart)
{
    private const int LongestHeader = 16 << 20;
    private const string Again = "The file is damaged or was not written by marl; take an intact copy.";

    /// <summary>Reads and checks the header.</summary>
    public static Result<SafetensorsHeader> Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 8)
        {
            return Fail("MARL3201", $"The file ends after {bytes.Length} bytes, before the length of its header.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LongestHeader)
        {
            return Fail("MARL3202", $"The header claims {length} bytes; at most {LongestHeader} are allowed.");
        }

        if (length > (ulong)(bytes.Length - 8))
        {
            return Fail("MARL3201", $"The header claims {length} bytes, but only {bytes.Length - 8} follow.");
        }

        var start = 8 + (int)length;
        try
        {
            using var json = JsonDocument.Parse(bytes[8..start].ToArray(), new() { MaxDepth = 8, AllowDuplicateProperties = false });
            return Parse(json.RootElement, start, bytes.Length - start) is var (header, code, problem) && header is not null
                ? Result.Success(header)
                : Fail(code, problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is not Unicode
        {
            return Fail("MARL3203", "The header is not JSON with every name once.");
        }

        Result<SafetensorsHeader> Fail(string code, string sentence) =>
            Result.Failure<SafetensorsHeader>(new Diagnostic(code, SourceSpan.Whole(file), sentence, Again));
    }

    private static (SafetensorsHeader? Header, string Code, string Problem) Parse(JsonElement root, int dataStart, int dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, "MARL3203", "The header is not a JSON object.");
        }

        var metadata = new Dictionary<string, string>();
        var tensors = new List<TensorEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                if (!TryMetadata(property.Value, metadata))
                {
                    return (null, "MARL3203", "The header's metadata are not texts by name.");
                }
            }
            else if (Tensor(property.Name, property.Value) is var (tensor, code, problem) && tensor is not null)
            {
                tensors.Add(tensor);
            }
            else
            {
                return (null, code, problem);
            }
        }

        tensors.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        return Coverage(tensors, dataLength) is var (at, gap) && gap.Length > 0
            ? (null, at, gap)
            : (new(metadata, tensors.ToValues(), dataStart), "", "");
    }

    private static bool TryMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            metadata[property.Name] = property.Value.GetString()!;
        }

        return true;
    }

    private static (TensorEntry? Tensor, string Code, string Problem) Tensor(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out var shapeElement) || Integers(shapeElement) is not { } shape
            || !element.TryGetProperty("data_offsets", out var offsetsElement) || Integers(offsetsElement) is not [var begin, var end])
        {
            return (null, "MARL3203", $"Tensor '{name}' does not say its dtype, shape and data_offsets.");
        }

        if (type.GetString() != "F32")
        {
            return (null, "MARL3204", $"Tensor '{name}' is of type {type.GetString()}; only F32 is read.");
        }

        var length = 4L;
        foreach (var extent in shape)
        {
            length = Math.Min(length * extent, 1L << 32); // two ints multiplied fit a long, and more than 2³² bytes never fit the file
        }

        return begin > end || end - begin != length
            ? (null, "MARL3205", $"Tensor '{name}' has offsets {begin}..{end}, which do not fit its shape [{string.Join(", ", shape)}].")
            : (new(name, shape.ToValues(), begin, end), "", "");
    }

    private static int[]? Integers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > 8)
        {
            return null;
        }

        var values = new int[element.GetArrayLength()];
        for (var i = 0; i < values.Length; i++)
        {
            if (element[i].ValueKind != JsonValueKind.Number || !element[i].TryGetInt32(out values[i]) || values[i] < 0)
            {
                return null;
            }
        }

        return values;
    }

    private static (string Code, string Problem) Coverage(List<TensorEntry> tensors, int dataLength)
    {
        var end = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end)
            {
                return ("MARL3205", $"Tensor '{tensor.Name}' begins at byte {tensor.Begin}, {(tensor.Begin < end ? "within the one before it" : "after a gap")}, which ends at {end}.");
            }

            end = tensor.End;
        }

        return end > dataLength ? ("MARL3201", $"The tensors take {end} bytes, but only {dataLength} follow the header.")
            : end < dataLength ? ("MARL3205", $"The tensors take {end} bytes, but {dataLength} follow the header.")
            : ("", "");
    }
}
