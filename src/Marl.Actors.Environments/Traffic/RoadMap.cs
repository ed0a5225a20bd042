namespace Marl.Actors.Environments.Traffic;

/// <summary>
/// The roads of a traffic junction and the routes over them, as in IC3Net's <c>traffic_helper.py</c>. Traffic keeps to the
/// right. A route leads from where a lane enters the map to where another leaves it, anywhere but back where it came from:
/// straight on where that does, else over one turn, else over the first crossing lane that leads there.
/// </summary>
internal sealed class RoadMap
{
    private RoadMap(int size, IReadOnlyList<Lane> lanes, bool mayTurn)
    {
        Size = size;
        Cells = [.. lanes.SelectMany(lane => lane.Cells(size)).Distinct().Order()];
        Routes = [.. lanes.SelectMany((lane, entry) => Paths(lane, mayTurn ? lanes : [lane]).Select(path => new Route(entry, [.. path.Select(IndexOf)])))];
        RoutesOf = [.. lanes.Select((_, entry) => Enumerable.Range(0, Routes.Length).Where(r => Routes[r].Entry == entry).ToArray())];
    }

    /// <summary>Rows, and columns.</summary>
    public int Size { get; }

    /// <summary>All cells of roads, by row and column.</summary>
    public (int Row, int Column)[] Cells { get; }

    /// <summary>All routes, those of an entry side by side.</summary>
    public Route[] Routes { get; }

    /// <summary>Indexes of routes by entry.</summary>
    public int[][] RoutesOf { get; }

    /// <summary>The map of a difficulty.</summary>
    public static RoadMap Of(Difficulty difficulty, int size) => difficulty switch
    {
        Difficulty.Easy => new(size, [Lane.Down(size / 2), Lane.Right(size / 2)], mayTurn: false),
        Difficulty.Medium => new(size, [.. TwoWay((size / 2) - 1)], mayTurn: true),
        _ => new(size, [.. TwoWay((size / 3) - 2), .. TwoWay(2 * size / 3)], mayTurn: true),
    };

    /// <summary>The road cells around each: [cells, (2 · vision + 1)²], row by row; −1 where there is no road.</summary>
    public int[] Windows(int vision)
    {
        var offsets = Enumerable.Range(-vision, (2 * vision) + 1).ToArray();
        return [.. from cell in Cells from down in offsets from right in offsets select IndexOf((cell.Row + down, cell.Column + right))];
    }

    // A two-way road down the map and one across it, from the given line and the next.
    private static IEnumerable<Lane> TwoWay(int line) => [Lane.Down(line), Lane.Up(line + 1), Lane.Right(line + 1), Lane.Left(line)];

    private IEnumerable<IEnumerable<(int Row, int Column)>> Paths(Lane from, IReadOnlyList<Lane> lanes)
    {
        foreach (var to in lanes)
        {
            if (to == from)
            {
                yield return from.Cells(Size);
            }
            else if (to.IsVertical != from.IsVertical)
            {
                yield return from.Until(to, Size).Concat(to.From(from, Size));
            }
            else if (lanes.Where(via => via.IsVertical != from.IsVertical && via.Leads(from, to)).MinBy(via => from.Place(via, Size)) is { } via
                && !from.IsBeside(to))
            {
                yield return from.Until(via, Size).Concat(via.From(from, Size).TakeWhile(cell => !to.Holds(cell))).Concat(to.From(via, Size));
            }
        }
    }

    private int IndexOf((int Row, int Column) cell) => Array.BinarySearch(Cells, cell) is >= 0 and var index ? index : -1;
}

/// <summary>A way over the map.</summary>
/// <param name="Entry">Which entry it begins at.</param>
/// <param name="Cells">Indexes of its cells, in driving order.</param>
internal sealed record Route(int Entry, int[] Cells);

/// <summary>A lane across the whole map.</summary>
/// <param name="IsVertical">It goes down or up.</param>
/// <param name="Line">Its column, or row if it isn't vertical.</param>
/// <param name="IsForward">It goes down, or right.</param>
internal sealed record Lane(bool IsVertical, int Line, bool IsForward)
{
    public static Lane Down(int column) => new(true, column, true);

    public static Lane Up(int column) => new(true, column, false);

    public static Lane Right(int row) => new(false, row, true);

    public static Lane Left(int row) => new(false, row, false);

    /// <summary>Its cells, in driving order.</summary>
    public IEnumerable<(int Row, int Column)> Cells(int size) =>
        Enumerable.Range(0, size).Select(i => IsForward ? i : size - 1 - i).Select(i => IsVertical ? (i, Line) : (Line, i));

    /// <summary>Cells before the crossing with another.</summary>
    public IEnumerable<(int Row, int Column)> Until(Lane other, int size) => Cells(size).Take(Place(other, size));

    /// <summary>Cells from the crossing with another on.</summary>
    public IEnumerable<(int Row, int Column)> From(Lane other, int size) => Cells(size).Skip(Place(other, size));

    /// <summary>Cells before the crossing, counted.</summary>
    public int Place(Lane crossing, int size) => IsForward ? crossing.Line : size - 1 - crossing.Line;

    /// <summary>Whether it leads from one parallel lane to another.</summary>
    public bool Leads(Lane from, Lane to) => IsForward == to.Line > from.Line;

    public bool Holds((int Row, int Column) cell) => (IsVertical ? cell.Column : cell.Row) == Line;

    /// <summary>The other direction of the same road: where it ends is where this one begins.</summary>
    public bool IsBeside(Lane other) => other.IsForward != IsForward && Math.Abs(other.Line - Line) == 1;
}
