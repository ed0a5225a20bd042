using System.Diagnostics;
using System.Globalization;
using Marl.Actors.Benchmarks.Machines;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>How long parameters of 1 MB take to four workers, each a process; beside what copying them and bare sockets take.</summary>
internal static class PushCost
{
    private const int Bytes = 1 << 20;
    private const int Workers = 4;

    public static async Task<int> RunAsync()
    {
        Machine.Introduce();
        Console.WriteLine($"{Bytes} bytes to each of {Workers}, till the last has them; ms");
        Console.WriteLine("                      median     99 %   ratio of medians");
        var copied = Copy();
        Print("memory copies", copied, copied);
        Print("bare sockets", TcpFloor.Measure(Bytes, Workers).There, copied);
        var cluster = await Throws.MeasureAsync(Bytes / sizeof(float), Workers, isApart: true);
        Print("cluster", cluster.There, copied);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cluster: {cluster.Processor / 1e3:F1} ms of processor time in all processes for each push and its receipts"));
        return 0;
    }

    private static Times Copy()
    {
        var source = new byte[Bytes];
        var targets = Enumerable.Range(0, Workers).Select(_ => new byte[Bytes]).ToArray();
        var times = new double[Thrower.Rounds];
        for (var round = 0; round < times.Length; round++)
        {
            var began = Stopwatch.GetTimestamp();
            Array.ForEach(targets, target => source.CopyTo(target, 0));
            times[round] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        return Times.Of(times);
    }

    private static void Print(string name, Times times, Times floor) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-18} {times.Median / 1e3,9:F3} {times.P99 / 1e3,8:F3} {times.Median / floor.Median,18:F1}"));
}
