using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Worlds;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>simple-spread with random actions, nobody learns: steps of one core's second.</summary>
internal static class WorldRows
{
    private const int Copies = 4_096;
    private const double Vmas = 1_264_535;
    private const double PettingZoo = 5_561;

    public static Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var rates = Spread.Of(WorldSpeed.Rates("environment/simple-spread", Copies, scale.Repetitions, scale.Seconds(2)));
        return Task.FromResult<IReadOnlyList<Row>>(
        [
            Row.AtLeast("simple-spread alone, random actions, 4,096 copies, one core", rates.Median, 12_000_000, rates.Show("#,0"), " steps/s", $"of processor time; {rates.Median / Vmas:0.0} times VMAS, {rates.Median / PettingZoo:#,0} times PettingZoo, as recorded"),
        ]);
    }
}
