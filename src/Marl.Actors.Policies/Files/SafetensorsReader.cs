using System.Globalization;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>From a checked header to policies: metadata give the specs, the specs say which tensors there must be.</summary>
internal static class SafetensorsReader
{
    private const int WidestLayer = 1 << 20;
    private const string ActivationKey = ".activation";

    public static Result<Values<SavedPolicy>> Read(ReadOnlySpan<byte> bytes, string file)
    {
        var header = SafetensorsHeader.Read(bytes, file);
        if (!header.IsSuccess)
        {
            return header.Map(_ => default(Values<SavedPolicy>));
        }

        var problems = new List<Diagnostic>();
        var policies = new List<SavedPolicy>();
        var tensors = header.Value.Tensors.ToDictionary(t => t.Name);
        foreach (var spec in Specs(header.Value.Metadata, file, problems))
        {
            if (Parameters(spec, tensors, bytes[header.Value.DataStart..], file, problems) is { } parameters)
            {
                policies.Add(new(spec, parameters));
            }
        }

        problems.AddRange(problems.Count == 0
            ? tensors.Keys.Order(StringComparer.Ordinal).Select(name => Problem("MARL3208", file, $"Tensor '{name}' belongs to none of the file's policies."))
            : []);
        return Result.Of(policies.ToValues(), problems);
    }

    /// <summary>The policies the metadata declare, ordered by group.</summary>
    private static List<PolicySpec> Specs(IReadOnlyDictionary<string, string> metadata, string file, List<Diagnostic> problems)
    {
        var specs = new List<PolicySpec>();
        if (metadata.GetValueOrDefault("format") != SafetensorsFile.Format)
        {
            problems.Add(Problem("MARL3207", file, $"The metadata do not say that the file holds policies (format: {SafetensorsFile.Format})."));
            return specs;
        }

        foreach (var key in metadata.Keys.Where(k => k.EndsWith(ActivationKey, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var group = key[..^ActivationKey.Length];
            if (Spec(group, metadata) is { } spec)
            {
                specs.Add(spec);
            }
            else
            {
                problems.Add(Problem("MARL3207", file, $"The metadata of policy '{group}' are incomplete or out of range."));
            }
        }

        if (specs.Count == 0 && problems.Count == 0)
        {
            problems.Add(Problem("MARL3207", file, "The file holds no policy."));
        }

        return specs;
    }

    private static PolicySpec? Spec(string group, IReadOnlyDictionary<string, string> metadata)
    {
        if (!OptionText.TryEnum(metadata[group + ActivationKey], out Activation activation)
            || !metadata.TryGetValue(group + ".hidden", out var hiddenText) || Widths(hiddenText) is not { } hidden
            || !metadata.TryGetValue(group + ".action", out var actionText) || Action(actionText) is not { } action
            || !metadata.TryGetValue(group + ".observation", out var boxText) || Box(boxText) is not { } box
            || !OptionText.TryEnum(metadata.GetValueOrDefault(group + ".head", "categorical"), out PolicyHead head)
            || PolicySpec.Outputs(head, action) is not (> 0 and var outputs)
            || Count(metadata, group + ".identities") is not { } identities
            || Count(metadata, group + ".memory") is not { } memory
            || !TalkText.TryRead(metadata.GetValueOrDefault(group + ".talk"), out var talk)
            || (talk is not null && (hidden.Length == 0 || memory > 0)))
        {
            return null;
        }

        var widths = (int[])[box.Length + identities, .. hidden, outputs];
        var parameters = widths.Zip(widths.Skip(1)).Sum(pair => (pair.First + 1L) * pair.Second) + (memory * (3L * (widths[^2] + memory + 2) + outputs));
        parameters += talk is null ? 0 : TalkText.Parameters(talk, widths[^2]);
        return parameters > int.MaxValue / 4 ? null : new(group, new(widths[0], hidden.ToValues(), outputs, activation, memory), box, action, head, identities, talk);
    }

    /// <summary>A number that is 0 where the metadata don't have it.</summary>
    private static int? Count(IReadOnlyDictionary<string, string> metadata, string key) =>
        int.TryParse(metadata.GetValueOrDefault(key, "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= WidestLayer ? count : null;

    private static int[]? Widths(string text)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var widths = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]) || widths[i] is < 1 or > WidestLayer)
            {
                return null;
            }
        }

        return parts.Length <= 64 ? widths : null;
    }

    private static Space? Action(string text) => Widths(text) is [var count] ? new Discrete(count) : Box(text);

    private static Box? Box(string text) =>
        text.Split(',') is [var length, var low, var high]
        && Widths(length) is [var width]
        && float.TryParse(low, NumberStyles.Float, CultureInfo.InvariantCulture, out var least) && !float.IsNaN(least)
        && float.TryParse(high, NumberStyles.Float, CultureInfo.InvariantCulture, out var greatest) && !float.IsNaN(greatest)
            ? new(width, least, greatest)
            : null;

    /// <summary>The flat vector of one policy; its tensors are taken out of <paramref name="tensors"/>.</summary>
    private static float[]? Parameters(
        PolicySpec spec, Dictionary<string, TensorEntry> tensors, ReadOnlySpan<byte> data, string file, List<Diagnostic> problems)
    {
        var before = problems.Count;
        var pieces = new List<(TensorEntry Tensor, int Offset)>();
        foreach (var (name, layer) in spec.Maps)
        {
            Take($"{spec.Group}.{name}.weight", [layer.Outputs, layer.Inputs], layer.Offset);
            Take($"{spec.Group}.{name}.bias", [layer.Outputs], layer.Bias);
        }

        if (problems.Count > before)
        {
            return null;
        }

        var parameters = new float[spec.Parameters];
        foreach (var (tensor, offset) in pieces)
        {
            var target = parameters.AsSpan(offset, (tensor.End - tensor.Begin) / 4);
            LittleEndian.Read(data[tensor.Begin..tensor.End], target);
            if (FirstNotFinite(target) is { } position)
            {
                problems.Add(Problem("MARL3206", file, $"Tensor '{tensor.Name}' holds {target[position]} at position {position}, which is not a finite number."));
            }
        }

        return problems.Count > before ? null : parameters;

        void Take(string name, Values<int> shape, int offset)
        {
            if (!tensors.Remove(name, out var tensor))
            {
                problems.Add(Problem("MARL3208", file, $"Tensor '{name}' is missing."));
            }
            else if (tensor.Shape != shape)
            {
                problems.Add(Problem("MARL3208", file, $"Tensor '{name}' is {tensor.Shape}; its policy needs {shape}."));
            }
            else
            {
                pieces.Add((tensor, offset));
            }
        }
    }

    private static int? FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static Diagnostic Problem(string code, string file, string sentence) =>
        new(code, SourceSpan.Whole(file), sentence, "The file is damaged or was not written by marl; take an intact copy.");
}
