using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>
/// Policies as a safetensors file, which every Torch reads: 8 bytes length of the header, a JSON header, the floats.
/// Tensors are named <c>&lt;group&gt;.layers.&lt;i&gt;.weight</c> [outputs, inputs] and <c>.bias</c> [outputs]; the metadata hold what
/// else a policy is. Format: huggingface/safetensors, README "Format" (version 0.4). The same policies give the same bytes.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>The value of the metadata key <c>format</c>.</summary>
    internal const string Format = "marl.policies.v1";

    /// <summary>The bytes of a file that holds the given policies.</summary>
    /// <exception cref="ArgumentException">Two policies have one group, or a vector does not fit its network: a bug in the caller.</exception>
    public static byte[] Write(IEnumerable<SavedPolicy> policies)
    {
        using var stream = new MemoryStream();
        WriteTo(stream, policies);
        return stream.ToArray();
    }

    /// <summary>Writes a file that holds the given policies.</summary>
    /// <exception cref="ArgumentException">Two policies have one group, or a vector does not fit its network: a bug in the caller.</exception>
    public static void WriteTo(Stream stream, IEnumerable<SavedPolicy> policies)
    {
        var ordered = policies.OrderBy(p => p.Spec.Group, StringComparer.Ordinal).ToList();
        if (ordered.Select(p => p.Spec.Group).Distinct().Count() != ordered.Count)
        {
            throw new ArgumentException("Two policies have the same group.", nameof(policies));
        }

        if (ordered.FirstOrDefault(p => p.Parameters.Length != p.Spec.Parameters) is { } misfit)
        {
            throw new ArgumentException($"Policy '{misfit.Spec.Group}' has {misfit.Parameters.Length} parameters, not {misfit.Spec.Parameters}.", nameof(policies));
        }

        var header = Header(ordered);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var policy in ordered)
        {
            stream.Write(LittleEndian.Bytes(policy.Parameters)); // layer by layer, weight then bias: the order of the tensors
        }
    }

    /// <summary>
    /// The policies of a file. A damaged file, or one of something else, is a failure with diagnostics MARL3201 to MARL3208,
    /// never an exception.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for the diagnostics.</param>
    public static Result<Values<SavedPolicy>> Read(ReadOnlySpan<byte> bytes, string file) =>
        SafetensorsReader.Read(bytes, file);

    private static byte[] Header(List<SavedPolicy> policies)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteMetadata(json, policies);
            var offset = 0L;
            foreach (var policy in policies)
            {
                foreach (var (name, layer) in policy.Spec.Maps)
                {
                    WriteTensor(json, $"{policy.Spec.Group}.{name}.weight", [layer.Outputs, layer.Inputs], ref offset);
                    WriteTensor(json, $"{policy.Spec.Group}.{name}.bias", [layer.Outputs], ref offset);
                }
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' '); // readers map the floats in place
        }

        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, List<SavedPolicy> policies)
    {
        json.WriteStartObject("__metadata__");
        json.WriteString("format", Format);
        foreach (var (spec, _) in policies)
        {
            json.WriteString($"{spec.Group}.activation", OptionText.Kebab(spec.Network.Activation.ToString()));
            json.WriteString($"{spec.Group}.hidden", string.Join(",", spec.Network.Hidden));
            if (spec.Head != PolicyHead.Categorical)
            {
                json.WriteString($"{spec.Group}.head", OptionText.Kebab(spec.Head.ToString()));
            }

            if (spec.Network.Memory > 0)
            {
                json.WriteString($"{spec.Group}.memory", spec.Network.Memory.ToString(CultureInfo.InvariantCulture));
            }

            if (spec.Identities > 0)
            {
                json.WriteString($"{spec.Group}.identities", spec.Identities.ToString(CultureInfo.InvariantCulture));
            }

            if (spec.Talk is { } talk)
            {
                json.WriteString($"{spec.Group}.talk", TalkText.Write(talk));
            }

            json.WriteString($"{spec.Group}.observation", Text(spec.Observation));
            json.WriteString($"{spec.Group}.action", Text(spec.Action));
        }

        json.WriteEndObject();
    }

    /// <summary>A space: the number of actions, or a box's length and bounds.</summary>
    private static string Text(Space space) => space.Match(
        discrete => discrete.Count.ToString(CultureInfo.InvariantCulture),
        box => string.Create(CultureInfo.InvariantCulture, $"{box.Length},{box.Low:R},{box.High:R}"));

    private static void WriteTensor(Utf8JsonWriter json, string name, ReadOnlySpan<int> shape, ref long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        var length = 4L;
        foreach (var extent in shape)
        {
            json.WriteNumberValue(extent);
            length *= extent;
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset += length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
