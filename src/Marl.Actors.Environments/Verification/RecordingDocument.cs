using System.Text;
using System.Text.Json;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>A recording as JSON; whose it is nobody has asked yet.</summary>
/// <param name="File">Where it was read from.</param>
/// <param name="Root">All of it.</param>
internal sealed record RecordingDocument(string File, JsonElement Root)
{
    private const string Remedy = "Give a recording in the format of those under tests/golden.";

    /// <summary>Recordings of level-based foraging name their world <c>id</c>, those of particle worlds <c>env</c>.</summary>
    public bool IsForaging => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty("id", out _) && !Root.TryGetProperty("env", out _);

    /// <summary>Reads a file. Failures: MARL3100 (no such file), MARL3101 (not JSON).</summary>
    public static Result<RecordingDocument> Read(string file)
    {
        try
        {
            return Parse(file, System.IO.File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(file, "There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(file, Directory.Exists(file) ? "This is a directory, not a recording." : "This file can't be read.");
        }
    }

    /// <summary>Reads the bytes of a recording.</summary>
    public static Result<RecordingDocument> Parse(string file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            using var document = JsonDocument.Parse(text);
            RequireText(document.RootElement);
            return Result.Success(new RecordingDocument(file, document.RootElement.Clone()));
        }
        catch (JsonException e)
        {
            var where = new SourceSpan(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            return Result.Failure<RecordingDocument>(new Diagnostic("MARL3101", where, "From here on this is not JSON.", Remedy));
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException)
        {
            return Result.Failure<RecordingDocument>(new Diagnostic("MARL3101", SourceSpan.Whole(file), "This file holds bytes that are not Unicode text.", Remedy));
        }
    }

    private static Result<RecordingDocument> Unreadable(string file, string sentence) => Result.Failure<RecordingDocument>(
        new Diagnostic("MARL3100", SourceSpan.Whole(file), sentence, "Give the path of a recording."));

    // A lone surrogate passes as JSON and throws when it is read: here rather than later.
    private static void RequireText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    RequireText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    RequireText(member.Value);
                }

                break;
        }
    }
}
