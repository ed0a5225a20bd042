using System.Globalization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Marl.Actors.Analysis.Plots;

/// <summary>A line of a panel.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Heights">One for each point along the plot.</param>
/// <param name="Level">What it is to come to, dashed; null for nothing.</param>
public sealed record PanelLine(string Name, Values<double> Heights, double? Level = null);

/// <summary>One of the plots above each other.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">Drawn in order.</param>
public sealed record Panel(string Title, Values<PanelLine> Lines);

/// <summary>Panels above each other that go along the same axis, as a PNG.</summary>
public sealed record PanelPlot
{
    private const int Width = 960;
    private const int PanelHeight = 300;
    private const double RightMargin = 0.06; // room for the numbers at the lines' ends

    /// <summary>What they go along: <c>updates</c>.</summary>
    public required string Axis { get; init; }

    /// <summary>Where their points stand on it, ascending.</summary>
    public required Values<double> Along { get; init; }

    /// <summary>From top to bottom; at least one.</summary>
    public required Values<Panel> Panels { get; init; }

    /// <summary>Draws and writes the picture, whole or not at all.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> Save(string path) => WholeFile.Write(path, Render());

    /// <summary>The PNG's bytes: 1920 pixels wide, 600 high for each panel. The same values give the same picture.</summary>
    public byte[] Render()
    {
        var pictures = Panels.Select((panel, i) =>
        {
            using var plot = Draw(panel, isLast: i == Panels.Count - 1);
            return SKImage.FromEncodedData(PlotStyle.Image(plot, Width, PanelHeight));
        }).ToArray();
        using var surface = SKSurface.Create(new SKImageInfo(pictures[0].Width, pictures[0].Height * pictures.Length));
        for (var i = 0; i < pictures.Length; i++)
        {
            surface.Canvas.DrawImage(pictures[i], 0, i * pictures[i].Height);
            pictures[i].Dispose();
        }

        using var whole = surface.Snapshot();
        return whole.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    private Plot Draw(Panel panel, bool isLast)
    {
        var plot = PlotStyle.Begin();
        var right = Along.Count == 0 ? 1 : Math.Max(Along[^1], 1);
        for (var i = 0; i < panel.Lines.Count; i++)
        {
            var (line, colour) = (panel.Lines[i], PlotStyle.Colour(i));
            if (line.Level is { } level)
            {
                var dashes = plot.Add.Line(0, level, right, level);
                (dashes.LineColor, dashes.LineWidth, dashes.LinePattern) = (colour, 1.3f, LinePattern.Dashed);
            }

            var drawn = plot.Add.ScatterLine(Along.ToArray(), line.Heights.ToArray(), colour);
            drawn.LineWidth = 1.6f;
            drawn.LegendText = line.Name;
            if (line.Heights.Count > 0)
            {
                var end = plot.Add.Text(line.Heights[^1].ToString("0.000", CultureInfo.InvariantCulture), right, line.Heights[^1]);
                (end.Alignment, end.OffsetX, end.LabelFontColor, end.LabelFontSize, end.LabelFontName) = (Alignment.MiddleLeft, 6, colour, 12.5f, PlotFonts.Family);
            }
        }

        PlotStyle.Dress(plot, panel.Title);
        plot.Axes.Title.Label.FontSize = 16;
        plot.Axes.Title.MinimumSize = 0;
        plot.Axes.Bottom.MinimumSize = isLast ? 62 : 30;
        plot.Legend.IsVisible = false; // it stands beside the lines, not on them
        if (panel.Lines.Count > 1)
        {
            plot.ShowLegend(Edge.Top);
            plot.Legend.IsVisible = false;
            plot.Legend.Orientation = Orientation.Horizontal;
            plot.Legend.FontSize = 13;
        }

        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = x => x.ToString("#,0", CultureInfo.InvariantCulture), TargetTickCount = 8 };
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Left.MinimumSize = 56; // that the panels begin at the same place
        plot.Axes.Left.MaximumSize = 56;
        plot.Axes.Right.MinimumSize = 20;
        plot.XLabel(isLast ? Axis : "");
        plot.Grid.XAxisStyle.IsVisible = false;
        var top = panel.Lines.SelectMany(l => l.Heights).Concat(panel.Lines.Select(l => l.Level ?? 0)).Where(double.IsFinite).Append(0).Max();
        plot.Axes.SetLimits(-0.012 * right, right * (1 + RightMargin), -0.04 * Math.Max(top, 1e-9), 1.06 * Math.Max(top, 1e-9));
        return plot;
    }
}
