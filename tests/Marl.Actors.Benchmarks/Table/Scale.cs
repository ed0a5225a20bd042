using Marl.Actors.Benchmarks.Machines;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>How much is measured: everything, or so little of it that a test can see that nothing has rotted.</summary>
/// <param name="IsQuick">So little that the figures say nothing.</param>
/// <param name="Yardstick">The folder of the yardstick's program; null where it usually lies.</param>
internal sealed record Scale(bool IsQuick, string? Yardstick = null)
{
    /// <summary>Measurements of each figure; their median counts.</summary>
    public int Repetitions => IsQuick ? 1 : 5;

    /// <summary>A number of steps.</summary>
    public long Steps(long full, long quick) => IsQuick ? quick : full;

    /// <summary>A time to measure for, seconds.</summary>
    public double Seconds(double full) => IsQuick ? 0.02 : full;

    /// <summary>Measures as often as one should, and sorts what came out.</summary>
    public async Task<Spread> OftenAsync(Func<int, Task<double>> measure)
    {
        var values = new double[Repetitions];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await measure(i);
        }

        return Spread.Of(values);
    }
}
