using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>Words and lines of a file as ranges of bytes.</summary>
internal static class Tokens
{
    /// <summary>The words: names, numbers, paths, parameters.</summary>
    public static List<Range> Of(byte[] bytes)
    {
        var words = new List<Range>();
        for (var i = 0; i < bytes.Length;)
        {
            var start = i;
            while (i < bytes.Length && IsWord(bytes[i]))
            {
                i++;
            }

            if (i > start)
            {
                words.Add(start..i);
            }
            else
            {
                i++;
            }
        }

        return words;
    }

    /// <summary>The lines, each with its line feed.</summary>
    public static List<Range> Lines(byte[] bytes)
    {
        var lines = new List<Range>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length + 1;
            lines.Add(start..end);
            start = end;
        }

        return lines;
    }

    /// <summary>One of them; nothing when there is none.</summary>
    public static Range Any(List<Range> ranges, ref RandomStream random) => ranges.Count == 0 ? 0..0 : ranges[random.NextInt(ranges.Count)];

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'$' or (byte)'.' or (byte)'/' or (byte)'-';
}
