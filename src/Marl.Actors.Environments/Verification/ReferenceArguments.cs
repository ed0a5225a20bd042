using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>
/// The keyword arguments of a reference world, taken one by one: each is honoured or refused, and what nobody took is
/// unknown. Failures: MARL3105 (unknown), MARL3106 (refused).
/// </summary>
internal sealed class ReferenceArguments(Recording recording)
{
    private readonly HashSet<string> known = [];
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>The findings so far.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    /// <summary>A whole number in a range.</summary>
    public int Integer(string name, int standard, int least, int greatest) => Take(
        name, standard, v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out var d) && d == Math.Floor(d) && d >= least && d <= greatest ? (int)d : null, $"a whole number in {least}..{greatest}");

    /// <summary>A number in 0..1.</summary>
    public double Share(string name, double standard) => Take<double>(
        name, standard, v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out var d) && d is >= 0 and <= 1 ? d : null, "a number in 0..1");

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool standard) => Take<bool>(
        name, standard, v => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? v.ValueKind == JsonValueKind.True : null, "true or false");

    /// <summary>Arguments that only concern drawing or extra information: any value will do.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            known.Add(name);
        }
    }

    /// <summary>Arguments our worlds know only as switched off.</summary>
    public void Refuse(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            known.Add(name);
            if (recording.Arguments.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null))
            {
                diagnostics.Add(Refused(name, value, "false or null: this world has no such thing"));
            }
        }
    }

    /// <summary>Reports arguments nobody took.</summary>
    public void Close()
    {
        foreach (var name in recording.Arguments.Keys.Where(n => !known.Contains(n)).Order(StringComparer.Ordinal))
        {
            diagnostics.Add(recording.Error(
                "MARL3105", $"The argument '{name}' of {recording.Environment} is unknown.", Nearest.Remedy(name, known, "arguments")));
        }
    }

    private T Take<T>(string name, T standard, Func<JsonElement, T?> read, string expectation)
        where T : struct
    {
        known.Add(name);
        if (!recording.Arguments.TryGetValue(name, out var value))
        {
            return standard;
        }

        if (read(value) is { } taken)
        {
            return taken;
        }

        diagnostics.Add(Refused(name, value, expectation));
        return standard;
    }

    private Diagnostic Refused(string name, JsonElement value, string expectation)
    {
        var text = value.GetRawText();
        return recording.Error(
            "MARL3106",
            $"The argument '{name}' of {recording.Environment} is {(text.Length > 40 ? text[..40] + "…" : text)}, but must be {expectation}.",
            "Record the world with a value that can be stepped here.");
    }
}
