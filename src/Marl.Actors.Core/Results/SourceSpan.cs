namespace Marl.Actors.Core.Results;

/// <summary>A place in a text file. Lines and columns count from 1; line 0 means the whole file.</summary>
public readonly record struct SourceSpan(string File, int Line, int Column)
{
    /// <summary>No file at all: the value came from code or from the command line.</summary>
    public static SourceSpan None { get; } = new("", 0, 0);

    /// <summary>The file as a whole.</summary>
    public static SourceSpan Whole(string file) => new(file, 0, 0);

    /// <summary>Where the part that holds this place is used; null for what stands in the file that was asked for.</summary>
    public PlaceOfUse? Use { get; init; }

    /// <summary>The places at which the part that holds this place is used, the innermost first: several where parts stand in parts.</summary>
    public IEnumerable<SourceSpan> Uses()
    {
        for (var use = Use; use is not null; use = use.Where.Use)
        {
            yield return use.Where with { Use = null };
        }
    }

    /// <summary>The form editors, MSBuild and CI recognise: <c>file(line,column)</c>.</summary>
    public override string ToString() =>
        Line > 0 ? $"{File}({Line},{Column})" : string.IsNullOrEmpty(File) ? "marl" : File;
}

/// <summary>A place that brings another file in.</summary>
/// <param name="Where">The place, which may stand in a part itself.</param>
public sealed record PlaceOfUse(SourceSpan Where);
