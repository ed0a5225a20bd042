using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>Finds the comments of a file and gives each to the piece it speaks of. None is lost.</summary>
internal sealed class Comments
{
    private const string ModeLine = "# yaml-language-server:";

    private readonly List<Piece> pieces;
    private readonly Dictionary<int, Piece> firstOn = [];
    private readonly Dictionary<int, Piece> lastOn = [];
    private readonly string[] lines;
    private readonly Dictionary<int, int> starts;

    private Comments(string text, Piece root)
    {
        lines = text.Split('\n');
        pieces = [.. root.All().Skip(1)];
        starts = Find(text, root);
        foreach (var piece in pieces)
        {
            lastOn.TryAdd(piece.LastLine, piece);
            if (!piece.OpensOnItsLine)
            {
                firstOn.TryAdd(piece.Line, piece);
            }
        }
    }

    /// <summary>Comments above everything, for the whole file.</summary>
    public List<string> Header { get; } = [];

    /// <summary>Comments below everything.</summary>
    public List<string> Footer { get; } = [];

    /// <summary>Hands the comments of <paramref name="text"/> to the pieces below <paramref name="root"/>.</summary>
    public static Comments Attach(string text, Piece root)
    {
        var comments = new Comments(text, root);
        comments.AttachTrailing();
        comments.AttachFullLines();
        return comments;
    }

    /// <summary>Column of the comment on each line that has one: a # outside scalars is nothing else.</summary>
    private static Dictionary<int, int> Find(string text, Piece root)
    {
        var scalars = root.All().SelectMany(p => new[] { p.Key, p.Value as ScalarNode }).OfType<ScalarNode>().OrderBy(s => s.Start).ToArray();
        var found = new Dictionary<int, int>();
        var (line, lineStart, next) = (1, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (next < scalars.Length && i == scalars[next].Start)
            {
                i = scalars[next++].End;
            }

            if (i < text.Length && text[i] == '#')
            {
                found.Add(line, i - lineStart + 1);
                i = text.IndexOf('\n', i);
                i = i < 0 ? text.Length : i;
            }

            if (i < text.Length && text[i] == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }

        return found;
    }

    private string Text(int line) => lines[line - 1][(starts[line] - 1)..].TrimEnd();

    private bool IsFullLine(int line) => starts.TryGetValue(line, out var column) && string.IsNullOrWhiteSpace(lines[line - 1][..(column - 1)]);

    private Piece? LastBefore(int line) => CountBefore(line) is var count and > 0 ? pieces[count - 1] : null;

    private Piece? FirstAfter(int line) => CountBefore(line + 1) is var count && count < pieces.Count ? pieces[count] : null;

    /// <summary>How many pieces begin above a line; they stand in the order of the source.</summary>
    private int CountBefore(int line)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = pieces[middle].Line < line ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void AttachTrailing()
    {
        foreach (var line in starts.Keys.Where(l => !IsFullLine(l)))
        {
            var owner = firstOn.GetValueOrDefault(line) ?? lastOn.GetValueOrDefault(line) ?? LastBefore(line + 1);
            while (owner?.Parent is { Parent: not null, Value: MappingNode { IsFlow: true } or SequenceNode { IsFlow: true } } around && around.LastLine == line)
            {
                // Behind a closing bracket a comment speaks of the whole.
                owner = around;
            }

            (owner?.Trailing ?? Header).Add(Text(line));
        }
    }

    private void AttachFullLines()
    {
        for (var line = 1; line <= lines.Length; line++)
        {
            if (IsFullLine(line))
            {
                var run = Run(line);
                AttachRun(run);
                line = run[^1];
            }
        }
    }

    /// <summary>Lines of comments from <paramref name="first"/> on, with the empty lines between them.</summary>
    private List<int> Run(int first)
    {
        var run = new List<int>();
        for (var line = first; line <= lines.Length && (IsFullLine(line) || string.IsNullOrWhiteSpace(lines[line - 1])); line++)
        {
            run.Add(line);
        }

        return run;
    }

    private void AttachRun(List<int> run)
    {
        var previous = LastBefore(run[0]);
        var next = FirstAfter(run[^1]);
        List<string>? target = null;
        foreach (var line in previous is null ? SplitHeader(run) : run)
        {
            if (!IsFullLine(line))
            {
                // Empty lines are kept between comments, and below a comment that stands apart from what follows it.
                target?.Add("");
                continue;
            }

            // A comment below one that speaks of the next piece speaks of it too, however it is indented.
            var isSettled = target is not null && (target == next?.Leading || target == Footer);
            target = isSettled ? target! : Owner(starts[line], previous, next);
            target.Add(Text(line));
        }

        for (var piece = previous; piece is not null; piece = piece.Parent)
        {
            Trim(piece.Tail);
        }

        Trim(Footer);
        Collapse(next?.Leading);
    }

    private List<string> Owner(int column, Piece? previous, Piece? next)
    {
        if (next is not null && (previous is null || column <= next.Column))
        {
            return next.Leading;
        }

        var owner = previous;
        while (owner is not null && owner.Column > column)
        {
            owner = owner.Parent;
        }

        var isOutermost = owner?.Parent?.Parent is null;
        return next is not null && (owner is null || owner.Column <= next.Column) ? next.Leading : owner is null || isOutermost ? Footer : owner.Tail;
    }

    /// <summary>What stands above the first key and apart from it, or speaks to the editor, belongs to the file.</summary>
    private List<int> SplitHeader(List<int> run)
    {
        var last = run.FindLastIndex(l => !IsFullLine(l) || Text(l).StartsWith(ModeLine, StringComparison.Ordinal));
        foreach (var line in run.Take(last + 1))
        {
            Header.Add(IsFullLine(line) ? Text(line) : "");
        }

        Collapse(Header);
        return [.. run.Skip(last + 1)];
    }

    private static void Trim(List<string> comments)
    {
        while (comments.Count > 0 && comments[^1].Length == 0)
        {
            comments.RemoveAt(comments.Count - 1);
        }

        Collapse(comments);
    }

    private static void Collapse(List<string>? comments)
    {
        for (var i = (comments?.Count ?? 0) - 1; i > 0; i--)
        {
            if (comments![i].Length == 0 && comments[i - 1].Length == 0)
            {
                comments.RemoveAt(i);
            }
        }
    }
}
