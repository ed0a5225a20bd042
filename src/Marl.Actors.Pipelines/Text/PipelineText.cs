using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>First pass of the compiler: the text of a file → nodes with lines and columns, in the strict YAML subset.</summary>
public static class PipelineText
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <returns>The root node, or everything that is wrong with the text (codes MARL00xx).</returns>
    public static Result<TextNode> Read(string path) => ResultOf(TextSource.Read(path));

    /// <summary>Reads the bytes of a file: UTF-8, with or without a byte order mark.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <returns>The root node, or everything that is wrong with the text (codes MARL00xx).</returns>
    public static Result<TextNode> Parse(ReadOnlySpan<byte> bytes, string fileName) => ResultOf(TextSource.Parse(bytes, fileName));

    /// <summary>Reads text.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <returns>The root node, or everything that is wrong with the text (codes MARL00xx).</returns>
    public static Result<TextNode> Parse(string text, string fileName) => ResultOf(TextSource.Parse(text, fileName));

    private static Result<TextNode> ResultOf(TextSource source) => source.Findings.Result(source.Root);
}
