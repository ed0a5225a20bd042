namespace Marl.Actors.Core.Results;

/// <summary>A place in a text file. Lines and columns count from 1; line 0 means the whole file.</summary>
public readonly record struct SourceSpan(string File, int Line, int Column)
{
    /// <summary>No file at all: the value came from code or from the command line.</summary>
    public static SourceSpan None { get; } = new("", 0, 0);

    /// <summary>The file as a whole.</summary>
    public static SourceSpan Whole(string file) => new(file, 0, 0);

    /// <summary>The form editors, MSBuild and CI recognise: <c>file(line,column)</c>.</summary>
    public override string ToString() =>
        Line > 0 ? $"{File}({Line},{Column})" : string.IsNullOrEmpty(File) ? "marl" : File;
}
