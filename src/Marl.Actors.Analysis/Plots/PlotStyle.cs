using ScottPlot;

namespace Marl.Actors.Analysis.Plots;

/// <summary>What all our pictures have in common: colours, type, quiet axes.</summary>
internal static class PlotStyle
{
    /// <summary>Pixels per unit: text and lines stay crisp on dense screens.</summary>
    private const double Sharpness = 2;

    private static readonly string[] Palette = ["#2563eb", "#ea580c", "#059669", "#9333ea", "#db2777", "#0891b2"];
    private static readonly Color Ink = Color.FromHex("#111827");

    /// <summary>Labels, numbers and what is there to compare with.</summary>
    public static Color Muted { get; } = Color.FromHex("#6b7280");

    /// <summary>Grids and frames.</summary>
    public static Color Faint { get; } = Color.FromHex("#e5e7eb");

    /// <summary>The colour of a series, by its place.</summary>
    public static Color Colour(int series) => Color.FromHex(Palette[series % Palette.Length]);

    /// <summary>An empty picture in our type. Dispose it.</summary>
    public static Plot Begin()
    {
        PlotFonts.Register();
        var plot = new Plot();
        plot.Font.Set(PlotFonts.Family);
        plot.ScaleFactor = Sharpness;
        return plot;
    }

    /// <summary>Title, axes without ticks or frames, a faint grid, a legend without a box.</summary>
    public static void Dress(Plot plot, string title)
    {
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = 20;
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.Font = PlotFonts.SemiBold;
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Axes.Title.MinimumSize = 52;
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.Label.FontSize = 14;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Muted;
            axis.TickLabelStyle.FontSize = 13;
            axis.TickLabelStyle.ForeColor = Muted;
            axis.FrameLineStyle.Color = Faint;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.MinimumSize = 62;
        plot.Grid.MajorLineColor = Faint;
        plot.Legend.Alignment = Alignment.LowerRight;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.FontSize = 14;
    }

    /// <summary>The PNG's bytes. The same plot gives the same picture.</summary>
    public static byte[] Image(Plot plot, int width, int height) =>
        plot.GetImage((int)(width * Sharpness), (int)(height * Sharpness)).GetImageBytes(ImageFormat.Png, 100);
}
