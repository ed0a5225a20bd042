namespace Marl.Actors.Pipelines.Text;

/// <summary>Where the characters of a quoted scalar stand, whose escapes are longer than what they mean.</summary>
internal static class QuotedText
{
    /// <summary>Columns of each character within a quoted scalar that has escapes; null when they just follow each other.</summary>
    public static int[]? Offsets(ReadOnlySpan<char> raw, string value)
    {
        if (raw.Length == value.Length + 2)
        {
            return null;
        }

        var offsets = new int[value.Length + 1];
        var at = 1;
        for (var i = 0; i < value.Length; i++)
        {
            offsets[i] = at;
            at += at + 1 >= raw.Length ? 0 : (raw[at], raw[at + 1]) switch
            {
                ('\'', '\'') when raw[0] == '\'' => 2,
                ('\\', 'x') when raw[0] == '"' => 4,
                ('\\', 'u') when raw[0] == '"' => 6,
                ('\\', 'U') when raw[0] == '"' => i + 1 < value.Length && char.IsHighSurrogate(value[i]) ? 0 : 10,
                ('\\', _) when raw[0] == '"' => 2,
                _ => 1,
            };
        }

        offsets[value.Length] = at;
        return offsets;
    }
}
