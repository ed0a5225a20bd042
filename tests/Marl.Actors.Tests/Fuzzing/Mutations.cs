using System.Text;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>One way to damage a file.</summary>
internal delegate byte[] Mutation(byte[] bytes, ref RandomStream random, FuzzCorpus corpus);

/// <summary>The ways to damage a file: of bytes, words, lines, structure and encoding.</summary>
internal static class Mutations
{
    private static readonly string[] Special =
    [
        "&a ", "*a ", "*a", "<<: ", "!!str ", "!x ", "%YAML 1.2\n", "\n---\n", "\n...\n", "|", ">", "|-\n", "? ", "- ", ": ", ":", "#", " #", "\t", "{", "}", "[", "]", ",",
        "'", "\"", "\\", "\"\\x41\"", "\"\\uD800\"", "\"\\U0010FFFF\"", "@", "`", "%", "~", "null", "{}", "[]", "[[", "}}", "{a: [", "]: {", "|>", " |> ", "|> |>", "(", ")", "=",
        "$", "$x", "$$", "..", "...", "--", "=<", "\r", "\r\n", "\n", "\n\n", "\n  ", " ", "        ", "uses: ./other.yaml\n", "part: x\n", "sweep: x\n", "bars:\n", "faults:\n",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "1e308", "1e309", "-1e309", "1e-400", "NaN", ".nan", ".inf", "-.inf", "Infinity", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "2147483647", "2147483648", "4294967296", "99999999999999999999999999999999999999999999", "0x7fffffff", "0o17", "017", "1_000", "1__0", "_1", "1_", "+5", "٣", "1,5", "0.1.2",
    ];

    private static readonly string[] Unicode =
    [
        "é", "e\u0301", "ß", "İ", "א", "\u202E", "\u200B", "\u00A0", "\u0085", "\u2028", "\u2029", "\uFEFF", "\uFFFD", "\uFFFF", "😀", "👩‍🚀", "𝔪", "\u0000", "\u0007", "\u001B[31m", "\u007F", "字",
    ];

    /// <summary>All of them; a few that make much of a difference stand here twice.</summary>
    public static Mutation[] All { get; } =
    [
        FlipBit, SetByte, RemoveBytes, CopyBytes, Truncate, SwapWords, SwapWords, ReplaceWord, ReplaceWord, ReplaceWord, RemoveLine, RemoveLine, CopyLine, MoveLine, Indent, Indent,
        RepeatLine, Splice, Splice, InsertSpecial, InsertSpecial, InsertUnicode, ReplaceByNumber, ReplaceByNumber, Nest, Enclose, ChangeLineEnds, CutCharacter,
    ];

    private static byte[] FlipBit(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) =>
        bytes.Length == 0 ? bytes : With(bytes, random.NextInt(bytes.Length), b => b, 1 << random.NextInt(8));

    private static byte[] SetByte(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var value = (byte)random.NextInt(256);
        return bytes.Length == 0 ? [value] : With(bytes, random.NextInt(bytes.Length), _ => value, 0);
    }

    private static byte[] RemoveBytes(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) => Put(bytes, Some(bytes, ref random), []);

    private static byte[] CopyBytes(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) => Insert(bytes, ref random, bytes[Some(bytes, ref random)]);

    private static byte[] Truncate(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) => bytes[..random.NextInt(bytes.Length + 1)];

    private static byte[] SwapWords(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var words = Tokens.Of(bytes);
        var (first, second) = (Tokens.Any(words, ref random), Tokens.Any(words, ref random));
        if (first.Start.Value > second.Start.Value)
        {
            (first, second) = (second, first);
        }

        return first.Equals(second) ? bytes : [.. bytes[..first.Start], .. bytes[second], .. bytes[first.End..second.Start], .. bytes[first], .. bytes[second.End..]];
    }

    private static byte[] ReplaceWord(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) =>
        Put(bytes, Tokens.Any(Tokens.Of(bytes), ref random), corpus.Words[random.NextInt(corpus.Words.Length)]);

    private static byte[] ReplaceByNumber(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var numbers = Tokens.Of(bytes).FindAll(t => char.IsAsciiDigit((char)bytes[t.Start]));
        return Put(bytes, Tokens.Any(numbers, ref random), Encoding.UTF8.GetBytes(Numbers[random.NextInt(Numbers.Length)]));
    }

    private static byte[] RemoveLine(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) => Put(bytes, Tokens.Any(Tokens.Lines(bytes), ref random), []);

    private static byte[] CopyLine(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var lines = Tokens.Lines(bytes);
        var (from, to) = (Tokens.Any(lines, ref random), Tokens.Any(lines, ref random));
        return Put(bytes, to.Start..to.Start, bytes[from]);
    }

    private static byte[] MoveLine(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var from = Tokens.Any(Tokens.Lines(bytes), ref random);
        var line = bytes[from];
        var rest = Put(bytes, from, []);
        var to = Tokens.Any(Tokens.Lines(rest), ref random);
        return Put(rest, to.Start..to.Start, line);
    }

    private static byte[] Indent(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var start = Tokens.Any(Tokens.Lines(bytes), ref random).Start.Value;
        var blanks = 0;
        while (start + blanks < bytes.Length && bytes[start + blanks] == ' ')
        {
            blanks++;
        }

        return Put(bytes, start..(start + blanks), [.. Enumerable.Repeat((byte)' ', random.NextInt(blanks + 5))]);
    }

    private static byte[] RepeatLine(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var line = Tokens.Any(Tokens.Lines(bytes), ref random);
        var times = random.NextInt(400) == 0 ? 5_000 : 1 + random.NextInt(30);
        return Put(bytes, line.Start..line.Start, [.. Enumerable.Repeat(bytes[line], times).SelectMany(l => l)]);
    }

    private static byte[] Splice(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var donor = corpus.Donor(ref random);
        var isByLine = random.NextInt(3) > 0;
        var (cut, from) = isByLine
            ? (Tokens.Any(Tokens.Lines(bytes), ref random).Start.Value, Tokens.Any(Tokens.Lines(donor), ref random).Start.Value)
            : (random.NextInt(bytes.Length + 1), random.NextInt(donor.Length + 1));
        var piece = donor[from..Math.Min(donor.Length, from + 1 + random.NextInt(600))];
        return random.NextInt(2) == 0 ? [.. bytes[..cut], .. piece] : [.. bytes[..cut], .. piece, .. bytes[cut..]];
    }

    private static byte[] InsertSpecial(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) =>
        Insert(bytes, ref random, Encoding.UTF8.GetBytes(Special[random.NextInt(Special.Length)]));

    private static byte[] InsertUnicode(byte[] bytes, ref RandomStream random, FuzzCorpus corpus) =>
        Insert(bytes, ref random, Encoding.UTF8.GetBytes(Unicode[random.NextInt(Unicode.Length)]));

    private static byte[] Nest(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var (open, close) = new[] { ("[", "]"), ("{ a: ", " }"), ("- ", ""), ("? ", ""), ("(", ")"), ("[{a: ", "}]"), ("\"", "\"") }[random.NextInt(7)];
        var depth = 1 + random.NextInt(random.NextInt(100) == 0 ? 20_000 : 40);
        var closed = random.NextInt(3) == 0 ? random.NextInt(depth) : depth;
        return Insert(bytes, ref random, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + "x" + string.Concat(Enumerable.Repeat(close, closed))));
    }

    /// <summary>Puts some bytes into brackets, braces or quotes.</summary>
    private static byte[] Enclose(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var (open, close) = new[] { ("[", "]"), ("{", "}"), ("'", "'"), ("\"", "\""), ("[ ", ", ]"), ("{ x: ", ", }"), ("(", ")"), ("[", "}") }[random.NextInt(8)];
        var inner = random.NextInt(2) == 0 ? Tokens.Any(Tokens.Of(bytes), ref random) : Some(bytes, ref random);
        return Put(bytes, inner, [.. Encoding.UTF8.GetBytes(open), .. bytes[inner], .. Encoding.UTF8.GetBytes(close)]);
    }

    private static byte[] ChangeLineEnds(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var end = new[] { "\r\n"u8.ToArray(), "\r"u8.ToArray(), "\n\n"u8.ToArray(), " \n"u8.ToArray() }[random.NextInt(4)];
        return [.. bytes.SelectMany(b => b == '\n' ? end : [b])];
    }

    /// <summary>Ends the file, or goes on, within a character.</summary>
    private static byte[] CutCharacter(byte[] bytes, ref RandomStream random, FuzzCorpus corpus)
    {
        var character = Encoding.UTF8.GetBytes(Unicode[random.NextInt(Unicode.Length)]);
        var cut = character[..random.NextInt(character.Length + 1)];
        return random.NextInt(2) == 0 ? Insert(bytes, ref random, cut) : [.. bytes[..random.NextInt(bytes.Length + 1)], .. cut];
    }

    private static Range Some(byte[] bytes, ref RandomStream random)
    {
        var start = random.NextInt(bytes.Length + 1);
        return start..Math.Min(bytes.Length, start + 1 + random.NextInt(40));
    }

    private static byte[] Insert(byte[] bytes, ref RandomStream random, byte[] piece)
    {
        var at = random.NextInt(bytes.Length + 1);
        return Put(bytes, at..at, piece);
    }

    private static byte[] Put(byte[] bytes, Range old, byte[] piece) => [.. bytes[..old.Start], .. piece, .. bytes[old.End..]];

    private static byte[] With(byte[] bytes, int at, Func<byte, byte> change, int flipped)
    {
        var copy = bytes.ToArray();
        copy[at] = (byte)(change(copy[at]) ^ flipped);
        return copy;
    }
}
