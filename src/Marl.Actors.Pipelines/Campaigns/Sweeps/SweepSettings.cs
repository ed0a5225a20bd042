using System.Globalization;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>
/// The settings of a sweep: every combination of the grid with every draw. A draw's values depend on the seed of the draws, the
/// parameter and the number of the draw alone; so neither more draws nor other parameters change those that are there.
/// </summary>
internal static class SweepSettings
{
    /// <summary>Settings in one sweep.</summary>
    public const int Most = 1000;

    /// <summary>How many combinations there are, draws that fall together counted twice.</summary>
    public static long Count(SweepFile file)
    {
        var count = (long)(file.Sample?.Trials ?? 1);
        foreach (var axis in file.Grid)
        {
            count = Math.Min(count * axis.Values.Count, int.MaxValue);
        }

        return count;
    }

    /// <summary>The settings, each once; values of the grid first.</summary>
    /// <param name="file">The sweep, whose distributions fit their parameters.</param>
    /// <param name="isWhole">Whether a parameter takes whole numbers only.</param>
    public static Values<SweepSetting> Of(SweepFile file, Func<string, bool> isWhole)
    {
        IEnumerable<Values<string>> combinations = [[]];
        foreach (var axis in file.Grid)
        {
            combinations = combinations.SelectMany(c => axis.Values.Select(v => (Values<string>)[.. c, v.Value]));
        }

        if (file.Sample is { } sample)
        {
            var draws = Enumerable.Range(0, sample.Trials).Select(draw => sample.Axes.Select(axis => Draw(sample.Seed, axis, draw, isWhole(axis.Parameter.Value))).ToValues()).ToArray();
            combinations = combinations.SelectMany(c => draws.Select(d => (Values<string>)[.. c, .. d]));
        }

        return combinations.Distinct().Select((values, index) => new SweepSetting(index + 1, values)).ToValues();
    }

    private static string Draw(long seed, SampleAxis axis, int draw, bool isWhole)
    {
        var random = RandomKey.FromSeed(seed).Derive("sweep").Derive(axis.Parameter.Value).Derive((ulong)draw).Stream();
        if (axis.Bounds is not { } bounds)
        {
            return axis.Choices[random.NextInt(axis.Choices.Count)].Value;
        }

        OptionText.TryNumber(bounds.Value.Low, out var low);
        OptionText.TryNumber(bounds.Value.High, out var high);
        if (isWhole && axis.Distribution == Distribution.Uniform)
        {
            return OptionText.Write((long)low + random.NextInt((int)(high - low) + 1));
        }

        var share = random.NextDouble();
        var value = axis.Distribution == Distribution.Uniform
            ? low + ((high - low) * share)
            : Math.Exp(Math.Log(low) + ((Math.Log(high) - Math.Log(low)) * share));
        return isWhole
            ? OptionText.Write((long)Math.Clamp(Math.Round(value), low, high))
            : OptionText.Write(Math.Clamp(Readable(value), low, high));
    }

    /// <summary>Six digits: what a table shows is what <c>--set</c> repeats.</summary>
    private static double Readable(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
