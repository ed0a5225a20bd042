using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>Bytes → characters: UTF-8 with or without a byte order mark, any line ends (LF comes out), no control characters.</summary>
internal static class TextDecoder
{
    /// <summary>Largest file, in bytes.</summary>
    public const int LargestFile = 300_000;

    private const string Separators = "\u2028\u2029\uFEFF";

    /// <summary>Tabs, and everything invisible: files without any need no closer look.</summary>
    private static readonly SearchValues<char> Suspicious =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl).Where(c => c != '\n'), .. Separators]);

    /// <summary>The text with LF line ends, or null when it is none; findings say why.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > LargestFile)
        {
            findings.Add(
                TextCodes.TooLarge, new(findings.File, 1, 1), $"The file is larger than {LargestFile / 1000} kB.",
                "Check that it is a pipeline file; these are a few kB.");
            return null;
        }

        if (IsUtf16(bytes))
        {
            findings.Add(TextCodes.NotUtf8, new(findings.File, 1, 1), "The file is UTF-16.", "Save it as UTF-8.");
            return null;
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (bytes.IndexOf((byte)0) is var zero and >= 0)
        {
            findings.Add(TextCodes.Binary, Place(bytes[..zero], findings.File), "The file holds a zero byte and so is not text.", "Check that it is a pipeline file.");
            return null;
        }

        return FirstInvalid(bytes) is var invalid and >= 0
            ? NotUtf8(bytes, invalid, findings)
            : Checked(LineFeeds(Encoding.UTF8.GetString(bytes)), findings);
    }

    /// <summary>The same checks for text that is decoded already.</summary>
    public static string? Decode(string text, Findings findings) =>
        text.Length > LargestFile ? Decode(new byte[LargestFile + 1], findings) : Decode(Encoding.UTF8.GetBytes(text), findings);

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return -1;
    }

    private static string? NotUtf8(ReadOnlySpan<byte> bytes, int at, Findings findings)
    {
        var isCut = Rune.DecodeFromUtf8(bytes[at..], out _, out _) == OperationStatus.NeedMoreData;
        findings.Add(
            TextCodes.NotUtf8, Place(bytes[..at], findings.File),
            isCut ? $"The file ends within a character (byte 0x{bytes[at]:X2})." : $"Byte 0x{bytes[at]:X2} is not UTF-8.",
            isCut ? "The file was cut off; restore the whole of it." : "Save the file as UTF-8.");
        return null;
    }

    private static SourceSpan Place(ReadOnlySpan<byte> before, string file)
    {
        var lines = LineFeeds(Encoding.UTF8.GetString(before)).Split('\n');
        return new(file, lines.Length, lines[^1].Length + 1);
    }

    private static string LineFeeds(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n');

    private static string? Checked(string text, Findings findings) => text.AsSpan().ContainsAny(Suspicious) ? Cleaned(text, findings) : text;

    private static string? Cleaned(string text, Findings findings)
    {
        var clean = new StringBuilder(text.Length);
        var (line, lineStart, tab, hasTabs, isIndentation) = (1, 0, -1, false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                (line, lineStart, tab, isIndentation) = (line + 1, i + 1, -1, true);
            }
            else if (isIndentation && c == '\t')
            {
                tab = tab < 0 ? i : tab;
            }
            else if (isIndentation && c != ' ')
            {
                isIndentation = false;
                hasTabs |= tab >= 0;
                ReportTab(tab, new(findings.File, line, tab - lineStart + 1), findings);
            }

            clean.Append(IsInvisible(c) ? ' ' : c);
            ReportInvisible(c, new(findings.File, line, i - lineStart + 1), findings);
        }

        // What stands below what is anybody's guess when tabs indent: anything said about the structure would be misleading.
        return hasTabs ? null : clean.ToString();
    }

    private static void ReportTab(int tab, SourceSpan where, Findings findings)
    {
        if (tab >= 0)
        {
            findings.Add(TextCodes.TabInIndentation, where, "The line is indented with a tab.", "Indent with blanks.");
        }
    }

    private static bool IsInvisible(char c) => (char.IsControl(c) && c is not ('\t' or '\n')) || Separators.Contains(c);

    private static void ReportInvisible(char c, SourceSpan where, Findings findings)
    {
        if (IsInvisible(c))
        {
            findings.Add(TextCodes.ControlCharacter, where, $"The invisible character U+{(int)c:X4} stands here.", "Remove it.");
        }
    }
}
