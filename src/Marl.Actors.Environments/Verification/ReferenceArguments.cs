using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>
/// The keyword arguments of a reference world, taken one by one: each is honoured or refused, and what nobody took is
/// unknown. Failures: MARL3105 (unknown), MARL3106 (refused).
/// </summary>
/// <param name="file">The recording.</param>
/// <param name="environment">The reference's name of the world.</param>
/// <param name="arguments">What the world was made with.</param>
internal sealed class ReferenceArguments(string file, string environment, IReadOnlyDictionary<string, JsonElement> arguments)
{
    private readonly HashSet<string> known = [];
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>The findings so far.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    /// <summary>A whole number in a range.</summary>
    public int Integer(string name, int standard, int least, int greatest) =>
        Take(name, standard, v => Whole(v, least, greatest), $"a whole number in {least}..{greatest}");

    /// <summary>A whole number in a range, or null.</summary>
    public int IntegerOrNull(string name, int ifNull, int least, int greatest) => Take(
        name, ifNull, v => v.ValueKind == JsonValueKind.Null ? ifNull : Whole(v, least, greatest), $"null or a whole number in {least}..{greatest}");

    /// <summary>Two whole numbers in a range.</summary>
    public (int First, int Second) Integers(string name, (int, int) standard, int least, int greatest) => Take<(int, int)>(
        name,
        standard,
        v => v.ValueKind == JsonValueKind.Array && v.GetArrayLength() == 2 && Whole(v[0], least, greatest) is { } first && Whole(v[1], least, greatest) is { } second ? (first, second) : null,
        $"two whole numbers in {least}..{greatest}");

    /// <summary>A number of at least 0.</summary>
    public double Amount(string name, double standard) => Take<double>(
        name, standard, v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out var d) && d >= 0 && double.IsFinite(d) ? d : null, "a number of at least 0");

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
            if (arguments.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null))
            {
                diagnostics.Add(Refused(name, value, "false or null: this world has no such thing"));
            }
        }
    }

    /// <summary>Arguments our worlds know only as switched on.</summary>
    public void Demand(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            known.Add(name);
            if (arguments.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.True)
            {
                diagnostics.Add(Refused(name, value, "true: this world can't do without"));
            }
        }
    }

    /// <summary>Reports arguments nobody took.</summary>
    public void Close()
    {
        foreach (var name in arguments.Keys.Where(n => !known.Contains(n)).Order(StringComparer.Ordinal))
        {
            diagnostics.Add(Error(
                "MARL3105", $"The argument '{name}' of {environment} is unknown.", Nearest.Remedy(name, known, "arguments")));
        }
    }

    private static int? Whole(JsonElement value, int least, int greatest) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var d) && d == Math.Floor(d) && d >= least && d <= greatest ? (int)d : null;

    private T Take<T>(string name, T standard, Func<JsonElement, T?> read, string expectation)
        where T : struct
    {
        known.Add(name);
        if (!arguments.TryGetValue(name, out var value))
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
        return Error(
            "MARL3106",
            $"The argument '{name}' of {environment} is {(text.Length > 40 ? text[..40] + "…" : text)}, but must be {expectation}.",
            "Record the world with a value that can be stepped here.");
    }

    private Diagnostic Error(string code, string sentence, string remedy) => new(code, SourceSpan.Whole(file), sentence, remedy);
}
