using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>
/// <c>marl format</c>: one canonical layout for files of all kinds. It keeps every comment and what the file means, and
/// formatting twice is formatting once. Keys come in the order of their kind of file (<see cref="Model.PipelineKeys"/>); short mappings stand in
/// braces, sections, stages and edges on lines of their own.
/// </summary>
public sealed class PipelineFormatter
{
    private const int Width = 110;

    private readonly List<string> lines = [];

    private PipelineFormatter()
    {
    }

    /// <summary>The canonical text.</summary>
    /// <param name="text">A file in the subset; it may still name unknown things.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <returns>The text with LF line ends, or what is wrong with it (codes MARL00xx).</returns>
    public static Result<string> Format(string text, string fileName)
    {
        var source = TextSource.Parse(text, fileName);
        if (source.Root is not null and not MappingNode)
        {
            source.Findings.Add(TextCodes.WrongShape, source.Root.Where, $"A file must be a mapping, but this is {source.Root.Noun}.", "Write 'pipeline: name' first.");
        }

        return source.Findings.Result(source.Root).Map(root => new PipelineFormatter().Document(source.Characters!, root));
    }

    private string Document(string characters, TextNode node)
    {
        var root = new Piece(null, null, node, 0, 0);
        var comments = Comments.Attach(characters, root);
        lines.AddRange(comments.Header);
        if (root.Children.Count == 0)
        {
            return Empty([.. comments.Header, .. comments.Footer]);
        }

        Entries(root, Layout.Root, 0, isOnDash: false);
        if (comments.Footer.Count > 0)
        {
            lines.AddRange(["", .. comments.Footer]);
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Where there is nothing for a comment to speak of, all stand above.</summary>
    private static string Empty(List<string> comments)
    {
        var last = comments.FindLastIndex(c => c.Length > 0);
        return string.Join('\n', last < 0 ? ["{}"] : [.. comments.Take(last + 1), "", "{}"]) + "\n";
    }

    private void Entries(Piece parent, Layout layout, int indent, bool isOnDash)
    {
        Piece? previous = null;
        foreach (var piece in layout.Sort(parent.Children))
        {
            if (previous is not null && (layout.IsSpaced || (ReferenceEquals(layout, Layout.Root) && (IsBlock(previous, layout, indent) || IsBlock(piece, layout, indent)))))
            {
                lines.Add("");
            }

            if (previous is not null || !isOnDash)
            {
                Comment(Leading(piece, layout, indent), indent);
            }

            Entry(piece, layout, indent);
            Comment(piece.Tail, indent);
            previous = piece;
        }
    }

    private void Entry(Piece piece, Layout parent, int indent)
    {
        var layout = parent.Of(piece.Key?.Text);
        var trailing = piece.Trailing.Count > 0 ? "  " + string.Join(' ', piece.Trailing) : "";
        var head = Head(piece, indent);
        if (!IsBlock(piece, parent, indent))
        {
            lines.Add($"{head}{Inline(piece, isInFlow: false, parent.HoldsEdges)}{trailing}");
        }
        else if (piece.Key is not null)
        {
            lines.Add(head.TrimEnd() + trailing);
            Entries(piece, layout, indent + 2, isOnDash: false);
        }
        else
        {
            var first = lines.Count;
            Entries(piece, layout, indent + 2, isOnDash: true);
            lines[first] = head + lines[first][(indent + 2)..];
        }
    }

    /// <summary>The comments above a piece; above a dash also those of the entry that comes to stand on its line.</summary>
    private IEnumerable<string> Leading(Piece piece, Layout parent, int indent)
    {
        if (piece.Key is not null || !IsBlock(piece, parent, indent))
        {
            return piece.Leading;
        }

        var layout = parent.Of(null);
        return [.. piece.Leading, .. piece.Trailing, .. Leading(layout.Sort(piece.Children).First(), layout, indent + 2)];
    }

    private static bool IsBlock(Piece piece, Layout parent, int indent)
    {
        if (piece.Children.Count == 0)
        {
            return false;
        }

        return !parent.Of(piece.Key?.Text).IsCompact || piece.HasInnerComments
            || Head(piece, indent).Length + Inline(piece, isInFlow: false, isEdge: false).Length > Width;
    }

    private static string Head(Piece piece, int indent) =>
        new string(' ', indent) + (piece.Key is null ? "- " : ScalarText.Write(piece.Key.Text, isInFlow: false) + ": ");

    private static string Inline(Piece piece, bool isInFlow, bool isEdge) => piece.Value switch
    {
        ScalarNode scalar => ScalarText.Write(isEdge ? EdgeText.Write(scalar) : scalar.Text, isInFlow),
        SequenceNode => $"[{string.Join(", ", piece.Children.Select(c => Inline(c, isInFlow: true, isEdge: false)))}]",
        _ when piece.Children.Count == 0 => "{}",
        _ => $"{{ {string.Join(", ", Ordered(piece).Select(c => $"{ScalarText.Write(c.Key!.Text, isInFlow: true)}: {Inline(c, isInFlow: true, isEdge: false)}"))} }}",
    };

    private static IEnumerable<Piece> Ordered(Piece piece) =>
        (piece.Parent?.Key?.Text is "parameters" or "in" ? Layout.Root.Of(piece.Parent.Key.Text).Of(piece.Key?.Text) : Layout.Root.Of(null)).Sort(piece.Children);

    private void Comment(IEnumerable<string> comments, int indent)
    {
        foreach (var comment in comments)
        {
            lines.Add(comment.Length == 0 ? "" : new string(' ', indent) + comment);
        }
    }
}
