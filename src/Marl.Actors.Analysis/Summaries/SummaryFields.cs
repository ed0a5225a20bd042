using System.Text.Json;
using Marl.Actors.Core.Options;

namespace Marl.Actors.Analysis.Summaries;

/// <summary>Reads the fields of a JSON object by the type they should have, and collects a sentence on each that has not.</summary>
internal sealed class SummaryFields(JsonElement element, string prefix)
{
    private readonly List<string> wrong = element.ValueKind == JsonValueKind.Object ? [] : ["The content is not a JSON object."];

    public IReadOnlyList<string> Wrong => wrong;

    public string? Text(string name, bool isRequired = true)
    {
        var field = Find(name);
        if (field is null or { ValueKind: JsonValueKind.Null })
        {
            return isRequired ? Complain<string>(name, "text") : null;
        }

        return field is { ValueKind: JsonValueKind.String } text ? text.GetString() : Complain<string>(name, "text");
    }

    public long Whole(string name, long greatest, long least = 0) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= least && value <= greatest
            ? value
            : Complain<long>(name, "a whole number");

    public double? Optional(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && double.IsFinite(value) => value,
        _ => Complain<double?>(name, "a number or null"),
    };

    public (double Low, double High)? Pair(string name)
    {
        if (Find(name) is not { } field || field.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return field.ValueKind == JsonValueKind.Array && field.GetArrayLength() == 2
            && field[0].ValueKind == JsonValueKind.Number && field[0].TryGetDouble(out var low)
            && field[1].ValueKind == JsonValueKind.Number && field[1].TryGetDouble(out var high)
                ? (low, high)
                : Complain<(double, double)?>(name, "a list of two numbers");
    }

    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Find(name) is { ValueKind: JsonValueKind.String } text && text.GetString() == OptionText.Kebab(value.ToString()))
            {
                return value;
            }
        }

        return Complain<TEnum>(name, "one of " + string.Join(", ", Enum.GetNames<TEnum>().Select(OptionText.Kebab)));
    }

    public SummaryFields? Part(string name) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } field ? new(field, name + ".") : null;

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;

    private T Complain<T>(string name, string expectation)
    {
        var sentence = $"Field '{prefix}{name}' is not {expectation}.";
        if (element.ValueKind == JsonValueKind.Object && !wrong.Contains(sentence))
        {
            wrong.Add(sentence);
        }

        return default!;
    }
}
