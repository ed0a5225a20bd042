using System.Globalization;
using System.Text;

namespace Marl.Actors.Core.Options;

/// <summary>Reads option values from text by their declared type, never by guessing, and writes them canonically.</summary>
public static class OptionText
{
    /// <summary>An integer: digits, a sign, <c>_</c> between digits.</summary>
    public static bool TryInteger(string text, out long value) =>
        long.TryParse(Ungrouped(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A finite number: <c>0.5</c>, <c>1e-4</c>, <c>-2_000</c>.</summary>
    public static bool TryNumber(string text, out double value) =>
        double.TryParse(Ungrouped(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Exactly <c>true</c> or <c>false</c>.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    /// <summary><c>PerAgent</c> → <c>per-agent</c>.</summary>
    public static string Kebab(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 4);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (char.IsUpper(pascal[i]) && i > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(pascal[i]));
        }

        return text.ToString();
    }

    /// <summary>The member of an enumeration that <see cref="Kebab"/> writes as the text.</summary>
    public static bool TryEnum<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetValues<TEnum>())
        {
            if (Kebab(member.ToString()) == text)
            {
                value = member;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary><c>MaxSteps</c> → <c>maxSteps</c>.</summary>
    public static string Camel(string pascal) => char.ToLowerInvariant(pascal[0]) + pascal[1..];

    /// <summary>The canonical text of an option value, such that reading it gives the value back.</summary>
    public static string Write(object value) => value switch
    {
        bool b => b ? "true" : "false",
        Enum e => Kebab(e.ToString()),
        double d => Shortest(d),
        IEnumerable<int> list => $"[{string.Join(", ", list)}]",
        IEnumerable<double> list => $"[{string.Join(", ", list.Select(Shortest))}]",
        IEnumerable<string> list => $"[{string.Join(", ", list)}]",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') || !double.IsFinite(value) ? text.Replace("E", "e") : text + ".0";
    }

    private static string Ungrouped(string text)
    {
        var isGrouped = text.Contains('_') && !text.StartsWith('_') && !text.EndsWith('_') && !text.Contains("__");
        return isGrouped ? text.Replace("_", "") : text;
    }
}
