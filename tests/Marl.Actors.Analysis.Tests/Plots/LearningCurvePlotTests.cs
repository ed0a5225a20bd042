using System.Buffers.Binary;
using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using SkiaSharp;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Plots;

public sealed class LearningCurvePlotTests
{
    private static readonly SKColor Blue = SKColor.Parse("#2563eb");
    private static readonly SKColor Ink = SKColor.Parse("#111827");

    private static LearningCurvePlot Plot { get; } = new()
    {
        Title = "mappo-spread",
        Curves = [LearningCurve.OfRun("", Rows(seed: 1))],
        References = [new("random policy", -79), new("planner", -23.3)],
    };

    [Fact]
    public void The_picture_is_a_PNG_of_its_size()
    {
        var png = Plot.Render();

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        Assert.Equal((1920, 1120), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public void The_same_values_give_the_same_bytes() => Assert.Equal(Plot.Render(), Plot.Render());

    [Fact]
    public void The_curve_and_the_title_are_on_it()
    {
        using var picture = SKBitmap.Decode(Plot.Render());

        Assert.InRange(Count(picture, Blue, 0, picture.Height), 4000, 60_000);
        Assert.InRange(Count(picture, Ink, 0, 140), 300, 20_000); // letters of the title: the font is there
    }

    [Fact]
    public void Nothing_to_draw_still_gives_axes()
    {
        using var picture = SKBitmap.Decode((Plot with { Curves = [], References = [] }).Render());

        Assert.Equal(0, Count(picture, Blue, 0, picture.Height));
    }

    [Fact]
    public void Single_points_and_numbers_that_are_not_finite_draw_without_a_fault()
    {
        LearningCurve[] odd =
        [
            new("one", [new(0, -5, double.NaN, double.NaN)], ""),
            new("none", [], ""),
            new("nan", [new(0, double.NaN, double.NaN, double.NaN), new(10, double.PositiveInfinity, 0, 1)], ""),
            new("flat", [new(0, 1, 1, 1), new(10, 1, 1, 1)], ""),
        ];

        Assert.All(odd, curve => Assert.NotEmpty((Plot with { Curves = [curve] }).Render()));
    }

    [Fact]
    public void The_band_over_seeds_is_the_interval_of_their_means()
    {
        EvaluationRow[][] seeds = [Rows(1), Rows(2), [.. Rows(3).Take(20)]];
        var curve = LearningCurve.OfSeeds("", seeds);

        Assert.Equal(20, curve.Points.Count); // the third seed has no more
        var expected = Sample.Of(seeds.Select(s => s[5].Returns.Mean));
        Assert.Equal(new CurvePoint(seeds[0][5].EnvironmentSteps, expected.Mean, expected.Low, expected.High), curve.Points[5]);
        Assert.Equal("95 % interval over 3 seeds", curve.Band);
    }

    [Fact]
    public void One_seed_shows_the_interval_over_its_episodes()
    {
        var curve = LearningCurve.OfSeeds("", [Rows(1)]);

        Assert.Equal(Rows(1)[3].Returns.Low, curve.Points[3].Low);
        Assert.Equal("95 % interval over 320 episodes", curve.Band);
    }

    private static int Count(SKBitmap picture, SKColor colour, int top, int bottom)
    {
        var count = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                count += picture.GetPixel(x, y) == colour ? 1 : 0;
            }
        }

        return count;
    }

    private static EvaluationRow[] Rows(int seed)
    {
        var stream = Core.Randomness.RandomKey.FromSeed(seed).Stream();
        return [.. Enumerable.Range(0, 41).Select(i =>
        {
            var mean = -79 + (52 * (1 - Math.Exp(-i / 8.0))) + stream.NextNormal();
            return new EvaluationRow(i, i * 50_000L, i, new(320, mean, 12, mean, mean - 1.3, mean + 1.3), 25);
        })];
    }
}
