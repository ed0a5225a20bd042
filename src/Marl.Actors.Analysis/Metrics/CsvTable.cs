using System.Globalization;
using System.Text;
using Marl.Actors.Analysis.Files;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>
/// A table of numbers that grows row by row: RFC 4180 with LF and a header, one update a row, the update in the first column.
/// A column that shows up later is added to the header and left empty in the rows before it, so that what pandas reads is
/// always one rectangle.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string path;
    private readonly List<string> columns;
    private RowFile file;

    private CsvTable(string path, List<string> columns, RowFile file) => (this.path, this.columns, this.file) = (path, columns, file);

    /// <summary>Begins the table, or goes on with it after a resume.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns every row has, the update first.</param>
    /// <param name="resumeAt">Rows of earlier updates are kept; null begins anew.</param>
    public static Result<CsvTable> Open(string path, Values<string> columns, int? resumeAt)
    {
        var lines = resumeAt is { } update && File.Exists(path)
            ? WholeFile.Read(path).Map(bytes => Kept(bytes, update))
            : Result.Success<List<string>>([]);
        return lines.Then(kept =>
        {
            var header = kept.Count > 0 ? Split(kept[0]) : [.. columns];
            return RowFile.Begin(path, Text([Join(header), .. kept.Skip(1)])).Map(file => new CsvTable(path, header, file));
        });
    }

    /// <summary>Adds a row.</summary>
    public Result<long> Append(IReadOnlyList<Metric> cells)
    {
        var unknown = cells.Select(c => c.Name).Where(name => !columns.Contains(name)).ToArray();
        if (unknown.Length > 0 && Widen(unknown) is { IsSuccess: false } failure)
        {
            return failure;
        }

        var row = new string[columns.Count];
        Array.Fill(row, "");
        foreach (var cell in cells)
        {
            row[columns.IndexOf(cell.Name)] = Number(cell.Value);
        }

        return file.Append(Text([string.Join(',', row)]));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>The shortest text of a number; of a single-precision number, as single precision. Nothing for what is not a number.</summary>
    internal static string Number(double value) =>
        double.IsNaN(value) ? ""
        : Math.Abs(value) < 1e15 && value == Math.Truncate(value) ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : (float)value == value ? ((float)value).ToString("R", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    private Result<long> Widen(string[] added) => WholeFile.Read(path).Then(bytes =>
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var empty = new string(',', added.Length);
        return RowFile.Begin(path, Text([Join([.. columns, .. added]), .. lines.Skip(1).Select(line => line + empty)]));
    }).Map(wider =>
    {
        file.Dispose();
        file = wider;
        columns.AddRange(added);
        return 0L;
    });

    private static List<string> Kept(byte[] bytes, int resumeAt)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var width = Split(lines[0]).Count;
        var rows = lines.Skip(1).SkipLast(1).Where(line => // the last piece has no line feed: nothing, or a torn row
            line.Count(c => c == ',') == width - 1
            && int.TryParse(line.AsSpan(0, line.IndexOf(',')), NumberStyles.Integer, CultureInfo.InvariantCulture, out var update)
            && update < resumeAt);
        return lines.Length > 1 ? [lines[0], .. rows] : [];
    }

    private static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Cells as a line, those in quotation marks that need it.</summary>
    internal static string Join(IEnumerable<string> names) => string.Join(',', names.Select(
        name => name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"").ReplaceLineEndings(" ")}\""));

    private static List<string> Split(string header)
    {
        var names = new List<string>();
        var (name, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < header.Length; i++)
        {
            var isDoubled = isQuoted && header[i] == '"' && i + 1 < header.Length && header[i + 1] == '"';
            if (isDoubled || (header[i] != '"' && (isQuoted || header[i] != ',')))
            {
                name.Append(header[i]);
                i += isDoubled ? 1 : 0;
            }
            else if (header[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else
            {
                names.Add(name.ToString());
                name.Clear();
            }
        }

        return [.. names, name.ToString()];
    }
}
