using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Compiled;

/// <summary>
/// The files that places of a compiled pipeline lie in, and the places at which parts are used. A place is then two to four
/// numbers: line, column, file (0 when left out) and use (none when left out).
/// </summary>
/// <param name="rename">From the name of a file as the compiler was given it to the one to keep.</param>
internal sealed class PlaceTable(Func<string, string> rename)
{
    private readonly List<string> files = [];
    private readonly List<int[]> uses = [];
    private readonly Dictionary<PlaceOfUse, int> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The files, the pipeline's own first.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The places of use.</summary>
    public IReadOnlyList<int[]> Uses => uses;

    /// <summary>A place as numbers.</summary>
    public int[] Numbers(SourceSpan where)
    {
        var name = rename(where.File);
        var file = files.IndexOf(name);
        if (file < 0)
        {
            file = files.Count;
            files.Add(name);
        }

        return where.Use is { } use ? [where.Line, where.Column, file, UseOf(use)] : file == 0 ? [where.Line, where.Column] : [where.Line, where.Column, file];
    }

    private int UseOf(PlaceOfUse use)
    {
        if (!known.TryGetValue(use, out var index))
        {
            var numbers = Numbers(use.Where);
            index = known[use] = uses.Count;
            uses.Add(numbers);
        }

        return index;
    }

    /// <summary>The place that numbers stand for; null when they stand for none.</summary>
    /// <param name="numbers">Two to four.</param>
    /// <param name="files">The files.</param>
    /// <param name="uses">The places of use read so far.</param>
    public static SourceSpan? Place(ReadOnlySpan<int> numbers, IReadOnlyList<string> files, IReadOnlyList<PlaceOfUse> uses)
    {
        var file = numbers.Length > 2 ? numbers[2] : 0;
        var use = numbers.Length > 3 ? numbers[3] : -1;
        return numbers.Length is >= 2 and <= 4 && file >= 0 && file < files.Count && use < uses.Count && (use >= 0 || numbers.Length < 4)
            ? new SourceSpan(files[file], numbers[0], numbers[1]) { Use = use < 0 ? null : uses[use] }
            : null;
    }
}
