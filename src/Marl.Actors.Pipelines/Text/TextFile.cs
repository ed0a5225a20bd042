using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>File → bytes, never more than a pipeline file may have.</summary>
internal static class TextFile
{
    /// <summary>The bytes, one more than allowed if there are too many; null when the file cannot be read.</summary>
    public static byte[]? Load(string path, Findings findings)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return Fail(TextCodes.IsDirectory, "This is a directory.", "Name a file in it.");
            }

            if (!File.Exists(path))
            {
                return Fail(TextCodes.FileNotFound, "There is no such file.", Neighbours(path));
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[TextDecoder.LargestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Fail(
                TextCodes.Unreadable,
                e is UnauthorizedAccessException ? "The file may not be read by this user." : "The file cannot be read.",
                "Check its permissions, and that no other program holds it.");
        }

        byte[]? Fail(string code, string sentence, string remedy)
        {
            findings.Add(code, SourceSpan.Whole(path), sentence, remedy);
            return null;
        }
    }

    /// <summary>A remedy for a file that is not there: the names nearest to it.</summary>
    public static string Neighbours(string path)
    {
        var folder = Path.GetDirectoryName(path);
        folder = string.IsNullOrEmpty(folder) ? "." : folder;
        return Directory.Exists(folder)
            ? Nearest.Remedy(Path.GetFileName(path), Directory.EnumerateFiles(folder, "*.yaml").Take(1000).Select(f => Path.GetFileName(f)), "pipeline files")
            : $"There is no folder {Findings.Quote(folder)} either.";
    }
}
