using System.Text;
using System.Text.RegularExpressions;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>Makes a failing case as small as it gets while it fails in the same way: lines first, then bytes.</summary>
internal static partial class Smallest
{
    private const int Tries = 4000;

    /// <summary>What two failures of the same kind have in common.</summary>
    public static string Kind(string complaint) => Number().Replace(Quoted().Replace(complaint.Split('\n')[0], "'…'"), "0") + Frame(complaint);

    /// <summary>The smallest file.</summary>
    public static byte[] Of(byte[] bytes, string complaint)
    {
        var (kind, tries) = (Kind(complaint), Tries);
        bool Fails(byte[] candidate) => tries-- > 0 && FuzzRules.Check(candidate).Complaint is { } other && Kind(other) == kind;

        for (var size = Math.Max(1, bytes.Length / 2); size >= 1 && tries > 0; size /= 2)
        {
            for (var at = 0; at < bytes.Length && tries > 0;)
            {
                byte[] without = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + size)..]];
                if (Fails(without))
                {
                    bytes = without;
                }
                else
                {
                    at += size;
                }
            }
        }

        return bytes;
    }

    /// <summary>A file on one line, as a C# literal would have it.</summary>
    public static string Quote(byte[] bytes)
    {
        var quoted = new StringBuilder("\"");
        foreach (var b in bytes.Take(2000))
        {
            quoted.Append(b switch
            {
                (byte)'\n' => "\\n",
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 32 and < 127 => ((char)b).ToString(),
                _ => $"\\x{b:X2}",
            });
        }

        return quoted.Append(bytes.Length > 2000 ? "…\"" : "\"").ToString();
    }

    private static string Frame(string complaint) => complaint.Split('\n').Skip(1).FirstOrDefault(l => l.Contains("at Marl.Actors.", StringComparison.Ordinal)) is { } frame
        ? frame.Split(" in ")[0]
        : "";

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
