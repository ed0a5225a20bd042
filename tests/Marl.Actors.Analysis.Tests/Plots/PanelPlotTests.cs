using Marl.Actors.Analysis.Plots;
using SkiaSharp;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Plots;

/// <summary>Panels above each other.</summary>
public sealed class PanelPlotTests
{
    private static readonly SKColor Blue = SKColor.Parse("#2563eb");
    private static readonly SKColor Orange = SKColor.Parse("#ea580c");

    private static PanelPlot Plot { get; } = new()
    {
        Axis = "updates",
        Along = [0, 10, 20],
        Panels = [new("first", [new("a", [0, 0.5, 1], 0.25), new("b", [1, 0.5, 0])]), new("second", [new("", [0.2, 0.3, 0.4])])],
    };

    [Fact]
    public void Each_panel_shows_its_lines()
    {
        using var picture = SKBitmap.Decode(Plot.Render());

        Assert.Equal((1920, 1200), (picture.Width, picture.Height));
        Assert.InRange(Count(picture, Blue, 0, 600), 1000, 40_000);
        Assert.InRange(Count(picture, Orange, 0, 600), 1000, 40_000);
        Assert.InRange(Count(picture, Blue, 600, 1200), 1000, 40_000);
        Assert.Equal(0, Count(picture, Orange, 600, 1200));
    }

    [Fact]
    public void The_same_values_give_the_same_bytes() => Assert.Equal(Plot.Render(), Plot.Render());

    [Fact]
    public void Nothing_to_draw_still_gives_axes() =>
        Assert.NotEmpty((Plot with { Along = [], Panels = [new("none", [new("", [])])] }).Render());

    private static int Count(SKBitmap picture, SKColor colour, int top, int bottom) =>
        Enumerable.Range(top, bottom - top).Sum(y => Enumerable.Range(0, picture.Width).Count(x => picture.GetPixel(x, y) == colour));
}
