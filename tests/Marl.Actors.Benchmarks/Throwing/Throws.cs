using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Processes;
using Marl.Actors.Experiments;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>What a block took from a thrower to its catchers.</summary>
/// <param name="There">Till the last catcher has it.</param>
/// <param name="Back">Till the last receipt is back.</param>
/// <param name="Bytes">Sent over TCP for a block and its receipts, by all processes; null where nobody counts, or in one process.</param>
internal sealed record Throw(Times There, Times Back, double? Bytes);

/// <summary>Runs throwers and catchers, in one process or each in one of its own.</summary>
internal static class Throws
{
    private const int Iterations = 5; // the first warms up; behind the last nothing more is thrown, so its bytes are not like the others'

    /// <summary>Measures blocks of a size.</summary>
    /// <param name="floats">In a block.</param>
    /// <param name="catchers">How many.</param>
    /// <param name="isApart">Whether each has a process of its own, and the thrower too.</param>
    public static async Task<Throw> MeasureAsync(int floats, int catchers, bool isApart)
    {
        var folder = Directory.CreateTempSubdirectory("marl-throws-");
        try
        {
            var file = Path.Combine(folder.FullName, "throwing.yaml");
            await File.WriteAllTextAsync(file, Text(floats, catchers));
            var reports = new List<(Throw Throw, long? Bytes)>();
            var result = await Experiment.RunAsync(new()
            {
                Path = file,
                Catalog = Workers.Catalog,
                Out = Path.Combine(folder.FullName, "run"),
                Interpretation = isApart ? Workers.Apart(catchers + 1) : new(),
                Progress = p =>
                {
                    var times = p.Learner.ToDictionary(m => m.Name, m => m.Value);
                    reports.Add((new(new(times["there"], times["there-p99"]), new(times["back"], times["back-p99"]), null), isApart ? TcpBytes.Sent() : null));
                },
            });
            if (!result.IsSuccess)
            {
                throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            }

            var measured = reports.Skip(1).Select(r => r.Throw).ToArray();
            return new(
                Middle(measured.Select(m => m.There)),
                Middle(measured.Select(m => m.Back)),
                (reports[^2].Bytes - reports[0].Bytes) / (double)((Iterations - 2) * Thrower.Rounds));
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

    private static string Text(int floats, int catchers)
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
            stop: { steps: {{Iterations * Thrower.Rounds}} }
            checkpoint: { every: {{Iterations * Thrower.Rounds}} }
            place: { {{string.Join(", ", numbers.Select(n => $"catcher-{n}: catch-{n}"))}} }

            """;
    }
}
