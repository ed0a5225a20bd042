using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Analysis.Communication;

/// <summary>
/// Permutation tests of "these two have nothing to do with each other". What is dealt out anew are whole episodes: messages
/// within one resemble each other whoever reads them, so single ones would make chance look rarer than it is. An episode that
/// is given the messages of a shorter one hears them from the beginning again.
/// </summary>
/// <param name="Shuffles">How many dealings; the smallest p-value is 1 / (shuffles + 1).</param>
/// <param name="Key">Where they are drawn from.</param>
public sealed record Shuffling(int Shuffles, RandomKey Key)
{
    /// <summary>1,000 dealings.</summary>
    public static Shuffling Usual { get; } = new(1_000, RandomKey.FromSeed(0).Derive("communication"));

    private const double Rounding = 1e-12; // sums over the same counts in another order

    /// <summary>Deals out a column by episodes.</summary>
    /// <param name="codes">The column.</param>
    /// <param name="episodes">By row, which episode it belongs to; rows of an episode stand together, in order.</param>
    /// <param name="observed">The statistic of the column as it is.</param>
    /// <param name="statistic">Of the column dealt out anew.</param>
    /// <returns>The mean over the dealings, and the p-value of <paramref name="observed"/>.</returns>
    internal (double Chance, double PValue) ByEpisode(int[] codes, int[] episodes, double observed, Func<int[], double> statistic)
    {
        var starts = Starts(episodes);
        var order = Enumerable.Range(0, starts.Length - 1).ToArray();
        var dealt = new int[codes.Length];
        var random = Key.Stream();
        return Of(observed, () =>
        {
            random.Shuffle<int>(order);
            for (var e = 0; e < order.Length; e++)
            {
                var (from, length) = (starts[order[e]], starts[order[e] + 1] - starts[order[e]]);
                for (var row = starts[e]; row < starts[e + 1]; row++)
                {
                    dealt[row] = codes[from + ((row - starts[e]) % length)];
                }
            }

            return statistic(dealt);
        });
    }

    /// <summary>The mean and the p-value over that many draws of a statistic under chance.</summary>
    internal (double Chance, double PValue) Of(double observed, Func<double> draw)
    {
        var (sum, atLeast) = (0.0, 1);
        for (var i = 0; i < Shuffles; i++)
        {
            var value = draw();
            sum += value;
            atLeast += value >= observed - Rounding ? 1 : 0;
        }

        return (sum / Shuffles, atLeast / (Shuffles + 1.0));
    }

    private static int[] Starts(int[] episodes)
    {
        var starts = new List<int>();
        for (var row = 0; row < episodes.Length; row++)
        {
            if (row == 0 || episodes[row] != episodes[row - 1])
            {
                starts.Add(row);
            }
        }

        return [.. starts, episodes.Length];
    }
}
