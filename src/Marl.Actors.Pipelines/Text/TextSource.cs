using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>The characters of a file, what they mean as nodes, and what is wrong with them.</summary>
/// <param name="Characters">The decoded text with LF line ends; null when there is none.</param>
/// <param name="Root">The nodes; null when there are none.</param>
/// <param name="Findings">What is wrong so far.</param>
internal sealed record TextSource(string? Characters, TextNode? Root, Findings Findings)
{
    /// <summary>Reads a file.</summary>
    public static TextSource Read(string path)
    {
        var findings = new Findings(path);
        return TextFile.Load(path, findings) is { } bytes ? Parse(bytes, findings) : new(null, null, findings);
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static TextSource Parse(ReadOnlySpan<byte> bytes, string fileName) => Parse(bytes, new Findings(fileName));

    /// <summary>Reads the text of a file.</summary>
    public static TextSource Parse(string text, string fileName)
    {
        var findings = new Findings(fileName);
        return Parse(TextDecoder.Decode(text, findings), findings);
    }

    private static TextSource Parse(ReadOnlySpan<byte> bytes, Findings findings) => Parse(TextDecoder.Decode(bytes, findings), findings);

    private static TextSource Parse(string? characters, Findings findings) =>
        new(characters, characters is null ? null : NodeReader.Read(characters, findings), findings);
}
