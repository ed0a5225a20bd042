using System.Diagnostics;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Core.Files;

namespace Marl.Actors.Benchmarks.Table;

/// <summary><c>table [--only NAME] [--yardstick DIR] [--quick] [--out FILE]</c>: measures everything that a bar is set for and writes the table.</summary>
internal static class TableCommand
{
    /// <summary>The word.</summary>
    public const string Word = "table";

    private const string UsualFile = "tests/Marl.Actors.Benchmarks/Results.md";

    private static readonly string[] WithValue = ["--only", "--yardstick", "--out"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var only = After("--only");
        var chosen = Subject.All.Where(s => only is null || s.Name == only).ToArray();
        var spare = arguments.Where((a, i) => a != "--quick" && !WithValue.Contains(a) && (i == 0 || !WithValue.Contains(arguments[i - 1]))).ToArray();
        if (chosen.Length == 0 || spare.Length > 0)
        {
            Console.Error.WriteLine($"usage: table [--only {string.Join('|', Subject.All.Select(s => s.Name))}] [--yardstick DIR] [--quick] [--out FILE]");
            return 2;
        }

        if (After("--yardstick") is { } folder && !File.Exists(Path.Combine(folder, Yardstick.ProgramFile)))
        {
            Console.Error.WriteLine($"There is no {Yardstick.ProgramFile} in '{folder}': --yardstick names the folder it lies in.");
            return 2;
        }

        var scale = new Scale(arguments.Contains("--quick"), After("--yardstick"));
        var (before, rows) = ((DateTimeOffset.UtcNow, Machine.Load), new List<Row>());
        foreach (var subject in chosen)
        {
            var started = Stopwatch.GetTimestamp();
            var measured = await subject.RowsAsync(scale);
            rows.AddRange(measured);
            foreach (var row in measured)
            {
                Console.WriteLine(row.Markdown());
            }

            Console.Error.WriteLine($"{subject.Name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }

        var written = After("--out") is { } file ? WholeFile.Write(file, Text())
            : only is null && !scale.IsQuick ? WholeFile.Write(UsualFile, Text())
            : null; // a part of the table is not the table
        foreach (var problem in written?.Diagnostics ?? [])
        {
            Console.Error.WriteLine(problem);
        }

        return written is { IsSuccess: false } || rows.Any(r => r.Figure == "failed") ? 1 : 0;

        string? After(string option) => Array.IndexOf(arguments, option) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

        string Text() => TableFile.Text(rows, scale, before);
    }
}
