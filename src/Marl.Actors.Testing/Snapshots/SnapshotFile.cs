#if !VERIFY
using System.Text;
using DiffEngine;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Snapshots;

/// <summary>Our own snapshot engine: UTF-8 without byte order mark, LF, nothing added at the end.</summary>
internal static class SnapshotFile
{
    public const string Verified = ".verified.txt";
    public const string Received = ".received.txt";
    private const string EmptyText = "emptyString"; // how Verify stores an empty text

    public static void Check(string received, string folder, string name)
    {
        var text = Normal(received);
        text = text.Length == 0 ? EmptyText : text;
        var (receivedPath, verifiedPath) = (Path.Combine(folder, name + Received), Path.Combine(folder, name + Verified));
        var verified = File.Exists(verifiedPath) ? Normal(File.ReadAllText(verifiedPath)) : null;
        if (verified is not null && (verified == text || verified == text + "\n"))
        {
            File.Delete(receivedPath);
            return;
        }

        var written = WholeFile.Write(receivedPath, text);
        if (!DiffRunner.Disabled && written.IsSuccess)
        {
            DiffRunner.Launch(receivedPath, verifiedPath, Encoding.UTF8);
        }

        throw new SnapshotException(Message(folder, name, text, verified, written));
    }

    /// <summary>Without byte order mark, with LF only.</summary>
    private static string Normal(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string Message(string folder, string name, string received, string? verified, Result<long> written)
    {
        var message = new StringBuilder();
        message.Append($"Directory: {folder}\n");
        message.Append(verified is null ? "New:\n" : "NotEqual:\n");
        message.Append($"  - Received: {name}{Received}\n    Verified: {name}{Verified}\n\n");
        if (verified is not null)
        {
            var line = FirstDifference(received, verified);
            message.Append($"First difference in line {line}.\n\n");
        }

        message.Append(verified is null
            ? $"Nothing was approved yet. If the received text is right, make it the approved one, and commit it:\n"
            : $"If the change is right, make the received text the approved one, and commit it; else repair what changed it:\n");
        message.Append($"  mv \"{Path.Combine(folder, name + Received)}\" \"{Path.Combine(folder, name + Verified)}\"\n\n");
        foreach (var finding in written.Diagnostics)
        {
            message.Append($"{finding}\n\n");
        }

        message.Append($"Received: {name}{Received}\n{received}\n");
        return message.Append(verified is null ? "" : $"\nVerified: {name}{Verified}\n{verified}\n").ToString();
    }

    private static int FirstDifference(string received, string verified)
    {
        var (a, b) = (received.Split('\n'), verified.Split('\n'));
        var line = 0;
        while (line < Math.Min(a.Length, b.Length) && a[line] == b[line])
        {
            line++;
        }

        return line + 1;
    }
}
#else
namespace Marl.Actors.Testing.Snapshots;

/// <summary>Verify's file names.</summary>
internal static class SnapshotFile
{
    public const string Verified = ".verified.txt";
    public const string Received = ".received.txt";
}
#endif
