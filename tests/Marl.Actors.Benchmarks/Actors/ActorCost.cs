using System.Diagnostics;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Table;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>
/// What the actors cost: acting in simple-spread (3 agents, 64×64) as the graph of actors against <see cref="PlainLoop"/>,
/// both on one core, in short <see cref="Turns"/>; the median of the turns' ratios.
/// </summary>
internal static class ActorCost
{
    /// <summary>The word that makes this program measure for the table.</summary>
    public const string Word = "actor-cost";

    private const int Repetitions = 5;
    private const int PairsPerRepetition = 20;
    private const int StepsPerMeasurement = 2_000_000;

    private static readonly int[] DefaultCopies = [16, 64, 256, 1024];

    public static async Task<int> RunAsync(int[] copies)
    {
        if (Environment.ProcessorCount > 1)
        {
            return await OnOneCoreAsync(copies);
        }

        OneCore.Pin();
        Console.WriteLine("acting in simple-spread, one core, in turns; medians (least..greatest)");
        Console.WriteLine("copies   plain M steps/s        actors M steps/s       ratio of times, of processor times; bytes an update");
        foreach (var count in copies is [0] ? DefaultCopies : copies)
        {
            var cost = await MeasureAsync(new(count, StepsPerMeasurement, Repetitions));
            Console.WriteLine($"{count,6}   {Show(cost.Plain),22}   {Show(cost.Actors),22}   {cost.Ratio.Median:F3} {cost.Processor:F3} {cost.Bytes:F0}");
        }

        return 0;
    }

    /// <summary>In a child of the table's.</summary>
    public static async Task<int> AnswerAsync(string[] arguments)
    {
        OneCore.Pin();
        return Child.Say(await MeasureAsync(Child.Read<ActorRequest>(arguments).Request));
    }

    private static async Task<ActorReport> MeasureAsync(ActorRequest request)
    {
        var pairs = request.Repetitions * PairsPerRepetition;
        var updates = (int)Math.Max(1, request.Steps / PairsPerRepetition / request.Copies / PlainLoop.Length);
        var turns = new Turns(request.Copies, updates, warmUp: Math.Max(1, pairs / 2), pairs);
        await turns.RunAsync();
        return new(
            Spread.Of(turns.Pairs.Select(p => turns.Steps / p.Plain.Seconds)),
            Spread.Of(turns.Pairs.Select(p => turns.Steps / p.Actors.Seconds)),
            Spread.Of(turns.Pairs.Select(p => p.Actors.Seconds / p.Plain.Seconds)),
            turns.Pairs.Sum(p => p.Actors.Processor) / turns.Pairs.Sum(p => p.Plain.Processor),
            Spread.Of(turns.Pairs.Select(p => (double)p.Actors.Bytes / updates)).Median);
    }

    private static string Show(Spread rates) => $"{rates.Median / 1e6:F2} ({rates.Least / 1e6:F2}..{rates.Most / 1e6:F2})";

    /// <summary>The same program once more, told that the machine has one core, as a container with one core would tell it.</summary>
    private static async Task<int> OnOneCoreAsync(int[] copies)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["actors", .. copies.Where(c => c > 0).Select(c => $"{c}")]);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

/// <summary>What the table asks.</summary>
/// <param name="Copies">Of the world.</param>
/// <param name="Steps">Environment steps of a measurement.</param>
/// <param name="Repetitions">Measurements.</param>
internal sealed record ActorRequest(int Copies, long Steps, int Repetitions);

/// <summary>What came out.</summary>
/// <param name="Plain">Steps a second of the loop.</param>
/// <param name="Actors">Of the graph.</param>
/// <param name="Ratio">The graph's time over the loop's, of each pair of turns.</param>
/// <param name="Processor">The same of all turns' processor time.</param>
/// <param name="Bytes">What the graph allocates an update, of 25 vector steps.</param>
internal sealed record ActorReport(Spread Plain, Spread Actors, Spread Ratio, double Processor, double Bytes);
