using System.Globalization;
using Marl.Actors.Benchmarks.Machines;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>
/// What a message costs on an edge: a block from one stage to another and its receipt back, one at a time, within an actor
/// system, between two processes of a cluster, and over a bare socket.
/// </summary>
internal static class EdgeCost
{
    private static readonly int[] Sizes = [16, 1_024, 16_384, 262_144, 1 << 20];

    public static async Task<int> RunAsync(int[] sizes)
    {
        Machine.Introduce();
        Console.WriteLine("a block there and its receipt back, µs: median (99 %)");
        Console.WriteLine("   block bytes          one process              cluster          bare socket   cluster/socket   processor µs   TCP bytes beyond the block");
        foreach (var size in sizes.Length > 0 ? sizes : Sizes)
        {
            var floats = Math.Max(2, size / sizeof(float));
            var local = await Throws.MeasureAsync(floats, 1, isApart: false);
            var apart = await Throws.MeasureAsync(floats, 1, isApart: true);
            var floor = TcpFloor.Measure(4 * floats, 1);
            var more = apart.Bytes is { } bytes ? $"{bytes - (4 * floats):F0}" : "ss is missing";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{4 * floats,14} {Show(local.Back),20} {Show(apart.Back),20} {Show(floor.Back),20} {apart.Back.Median / floor.Back.Median,16:F1} {apart.Processor,14:F0} {more,28}"));
        }

        return 0;
    }

    private static string Show(Times times) => string.Create(CultureInfo.InvariantCulture, $"{times.Median:F0} ({times.P99:F0})");
}
