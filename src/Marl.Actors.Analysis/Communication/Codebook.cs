using System.Runtime.InteropServices;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Analysis.Communication;

/// <summary>
/// Turns rows of numbers into codes. Few different rows get a code each. Many are grouped around centres (k-means, Lloyd 1982,
/// begun as Arthur, Vassilvitskii 2007): what groups tell about something else is at most what the rows themselves tell, so
/// information found this way is a lower bound.
/// </summary>
public static class Codebook
{
    /// <summary>Different rows that still get a code each.</summary>
    public const int MostExact = 32;

    /// <summary>Groups of rows where there are more.</summary>
    public const int Groups = 16;

    private const int Rounds = 25;

    /// <summary>The code of each row.</summary>
    /// <param name="rows">[count, width].</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="key">Where the first centres are drawn from.</param>
    public static (Column Codes, bool IsExact) Of(ReadOnlySpan<float> rows, int width, RandomKey key)
    {
        var count = width == 0 ? 0 : rows.Length / width;
        var codes = new int[count];
        var known = new Dictionary<int, List<(int Row, int Code)>>();
        var distinct = 0;
        for (var row = 0; row < count && distinct <= MostExact; row++)
        {
            var own = rows.Slice(row * width, width);
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(own));
            var bucket = CollectionsMarshal.GetValueRefOrAddDefault(known, hash.ToHashCode(), out _) ??= [];
            var code = -1;
            foreach (var (first, candidate) in bucket)
            {
                code = own.SequenceEqual(rows.Slice(first * width, width)) ? candidate : code;
            }

            if (code < 0)
            {
                bucket.Add((row, code = distinct++));
            }

            codes[row] = code;
        }

        return distinct <= MostExact ? (new(codes, distinct), true) : (new(Group(rows, width, codes, key), Groups), false);
    }

    private static int[] Group(ReadOnlySpan<float> rows, int width, int[] codes, RandomKey key)
    {
        var centres = Begin(rows, width, key.Stream());
        var sums = new double[Groups * width];
        var sizes = new int[Groups];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(sums);
            Array.Clear(sizes);
            for (var row = 0; row < codes.Length; row++)
            {
                var own = rows.Slice(row * width, width);
                codes[row] = Nearest(own, centres, Groups).Centre;
                sizes[codes[row]]++;
                for (var i = 0; i < width; i++)
                {
                    sums[(codes[row] * width) + i] += own[i];
                }
            }

            for (var i = 0; i < sums.Length; i++)
            {
                centres[i] = sizes[i / width] > 0 ? sums[i] / sizes[i / width] : centres[i];
            }
        }

        return codes;
    }

    // Each further centre is a row, drawn in proportion to its squared distance from the centres there are.
    private static double[] Begin(ReadOnlySpan<float> rows, int width, RandomStream random)
    {
        var count = rows.Length / width;
        var centres = new double[Groups * width];
        var distances = new double[count];
        Array.Fill(distances, 1);
        for (var centre = 0; centre < Groups; centre++)
        {
            var left = random.NextDouble() * distances.Sum();
            var chosen = 0;
            while (chosen < count - 1 && (left -= distances[chosen]) >= 0)
            {
                chosen++;
            }

            for (var i = 0; i < width; i++)
            {
                centres[(centre * width) + i] = rows[(chosen * width) + i];
            }

            for (var row = 0; row < count; row++)
            {
                distances[row] = Nearest(rows.Slice(row * width, width), centres, centre + 1).Distance;
            }
        }

        return centres;
    }

    private static (int Centre, double Distance) Nearest(ReadOnlySpan<float> row, double[] centres, int count)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var centre = 0; centre < count; centre++)
        {
            var squares = 0.0;
            for (var i = 0; i < row.Length; i++)
            {
                var difference = row[i] - centres[(centre * row.Length) + i];
                squares += difference * difference;
            }

            (best, least) = squares < least ? (centre, squares) : (best, least);
        }

        return (best, least);
    }
}
