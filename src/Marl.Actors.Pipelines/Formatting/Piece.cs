using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>An entry of a mapping or an item of a list, with the comments that belong to it.</summary>
internal sealed class Piece
{
    public Piece(Piece? parent, ScalarNode? key, TextNode value, int line, int column)
    {
        (Parent, Key, Value, Line, Column) = (parent, key, value, line, column);
        Children = value switch
        {
            MappingNode mapping => [.. mapping.Entries.Select(e => new Piece(this, e.Key, e.Value, e.Key.Where.Line, e.Key.Where.Column))],
            SequenceNode list => [.. list.Items.Select(i => Item(list, i))],
            _ => [],
        };
    }

    public Piece? Parent { get; }

    /// <summary>The key; null for an item.</summary>
    public ScalarNode? Key { get; }

    public TextNode Value { get; }

    /// <summary>Line of the key or item in the source.</summary>
    public int Line { get; }

    /// <summary>Column of the key or dash in the source.</summary>
    public int Column { get; }

    /// <summary>Last line of the value in the source; of block collections, the line they begin after.</summary>
    public int LastLine => Value switch
    {
        MappingNode { IsFlow: true } mapping => mapping.EndLine,
        SequenceNode { IsFlow: true } list => list.EndLine,
        ScalarNode scalar => scalar.Where.Line,
        _ => Line,
    };

    /// <summary>In the order of the source.</summary>
    public IReadOnlyList<Piece> Children { get; }

    /// <summary>Full-line comments above; "" is an empty line between them.</summary>
    public List<string> Leading { get; } = [];

    /// <summary>Comments at the end of its first or last line.</summary>
    public List<string> Trailing { get; } = [];

    /// <summary>Full-line comments below, indented like it.</summary>
    public List<string> Tail { get; } = [];

    /// <summary>Its value is a block collection that begins on the same line, as after a dash.</summary>
    public bool OpensOnItsLine => Value is MappingNode { IsFlow: false } or SequenceNode { IsFlow: false } && Children.Count > 0 && Children[0].Line == Line;

    /// <summary>A comment stands within it, so that it cannot be put on one line.</summary>
    public bool HasInnerComments => Children.Any(c => c.Leading.Count + c.Trailing.Count + c.Tail.Count > 0 || c.HasInnerComments);

    /// <summary>It and everything in it, in the order of the source.</summary>
    public IEnumerable<Piece> All() => Children.SelectMany(c => c.All()).Prepend(this);

    // In a block list the dash stands left of the item; where exactly does not matter, only that it is left of the item's own keys.
    private Piece Item(SequenceNode list, TextNode item)
    {
        var isCollection = item is MappingNode { IsFlow: false } or SequenceNode { IsFlow: false };
        return new(this, null, item, item.Where.Line, list.IsFlow ? item.Where.Column : isCollection ? list.Where.Column : Math.Max(1, item.Where.Column - 2));
    }
}
