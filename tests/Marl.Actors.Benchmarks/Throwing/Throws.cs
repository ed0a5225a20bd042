using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Processes;
using Marl.Actors.Experiments;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>What a block took from a thrower to its catchers.</summary>
/// <param name="There">Till the last catcher has it.</param>
/// <param name="Back">Till the last receipt is back.</param>
/// <param name="Processor">Microseconds of processor time for a block and its receipts, in all processes.</param>
/// <param name="Bytes">Sent over TCP for them; null where nobody counts.</param>
internal sealed record Throw(Times There, Times Back, double Processor, double? Bytes);

/// <summary>Runs throwers and catchers, in one process or each in one of its own.</summary>
internal static class Throws
{
    private const int Few = 8;
    private const int Many = 24;
    private const int Large = 1 << 14; // floats

    /// <summary>Measures blocks of a size.</summary>
    /// <param name="floats">In a block.</param>
    /// <param name="catchers">How many.</param>
    /// <param name="isApart">Whether each has a process of its own, and the thrower too.</param>
    public static async Task<Throw> MeasureAsync(int floats, int catchers, bool isApart)
    {
        var folder = Directory.CreateTempSubdirectory("marl-throws-");
        var iterations = floats < Large ? Many : Few;
        try
        {
            var file = Path.Combine(folder.FullName, "throwing.yaml");
            await File.WriteAllTextAsync(file, Text(floats, catchers, iterations));
            // The first half warms up. Behind the last iteration nothing more is thrown: what it used is not like the others. Asking
            // for it takes longer than an iteration of small blocks, so it is done twice only.
            var (first, last) = (iterations / 2, iterations - 1);
            var (began, ended) = (default(Usage), default(Usage));
            var reports = new List<(Times There, Times Back)>();
            var result = await Experiment.RunAsync(new()
            {
                Path = file,
                Catalog = Workers.Catalog,
                Out = Path.Combine(folder.FullName, "run"),
                Interpretation = isApart ? Workers.Apart(catchers + 1) : new(),
                Progress = p =>
                {
                    var times = p.Learner.ToDictionary(m => m.Name, m => m.Value);
                    reports.Add((new(times["there"], times["there-p99"]), new(times["back"], times["back-p99"])));
                    began = reports.Count == first ? Usage.Now() : began;
                    ended = reports.Count == last ? Usage.Now() : ended;
                },
            });
            if (!result.IsSuccess)
            {
                throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            }

            var measured = reports.Skip(first).ToArray();
            var rounds = (last - first) * Thrower.Rounds;
            return new(
                Middle(measured.Select(r => r.There)),
                Middle(measured.Select(r => r.Back)),
                (ended.Processor - began.Processor).TotalMicroseconds / rounds,
                (ended.TcpBytes - began.TcpBytes) / (double)rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The median iteration, each quantile by itself.</summary>
    private static Times Middle(IEnumerable<Times> iterations)
    {
        var all = iterations.ToArray();
        return new(all.Select(t => t.Median).Order().ElementAt(all.Length / 2), all.Select(t => t.P99).Order().ElementAt(all.Length / 2));
    }

    private static string Text(int floats, int catchers, int iterations)
    {
        var numbers = Enumerable.Range(1, catchers).ToArray();
        return $$"""
            pipeline: throwing
            stages:
              thrower:
                uses: environment/thrower
                with: { floats: {{floats}} }
                in:
                  receipts:
            {{string.Join('\n', numbers.Select(n => $"        - catcher-{n}.receipts |> by-step"))}}
            {{string.Join('\n', numbers.Select(n => $"  catcher-{n}:\n    uses: agent/catcher\n    in:\n      blocks: thrower.blocks"))}}
            stop: { steps: {{iterations * Thrower.Rounds}} }
            checkpoint: { every: {{iterations * Thrower.Rounds}} }
            place: { {{string.Join(", ", numbers.Select(n => $"catcher-{n}: catch-{n}"))}} }

            """;
    }
}
