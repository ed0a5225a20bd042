using System.Globalization;
using Marl.Actors.Analysis.Communication;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Marl.Actors.Analysis.Plots;

/// <summary>
/// The figures of a language as a PNG: a line for each measure, a point for each link; a short grey stroke is what chance comes
/// to. Points are filled where chance gives as much in at most one of twenty cases.
/// </summary>
public sealed record CommunicationPlot
{
    private const int Width = 960;
    private const int RowHeight = 62;
    private const double Significant = 0.05;
    private const double Spread = 0.5; // of the points of one measure, in rows

    /// <summary>Whose language it is.</summary>
    public required string Title { get; init; }

    /// <summary>Who tells whom.</summary>
    public required Values<LinkReport> Links { get; init; }

    /// <summary>Draws and writes the picture, whole or not at all.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> Save(string path) => WholeFile.Write(path, Render());

    /// <summary>The PNG's bytes. The same values give the same picture.</summary>
    public byte[] Render()
    {
        using var plot = PlotStyle.Begin();
        for (var link = 0; link < Links.Count; link++)
        {
            var colour = PlotStyle.Colour(link);
            var offset = Links.Count == 1 ? 0 : Spread * (0.5 - ((double)link / (Links.Count - 1)));
            foreach (var figure in Links[link].Figures.Where(f => f.Estimate.IsKnown))
            {
                Draw(plot, figure.Estimate, Measures.All.Count - 1 - (int)figure.Measure + offset, colour);
            }
        }

        Label(plot);
        var height = 150 + (RowHeight * Measures.All.Count);
        return PlotStyle.Image(plot, Width, height);
    }

    private void Draw(Plot plot, Estimate estimate, double y, Color colour)
    {
        var chance = plot.Add.Line(estimate.Chance, y - 0.14, estimate.Chance, y + 0.14);
        chance.LineColor = PlotStyle.Muted;
        chance.LineWidth = 2;
        var point = plot.Add.Marker(estimate.Corrected, y, estimate.PValue <= Significant ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, 12, colour);
        point.LineWidth = 2.5f; // of an open circle
        if (Links.Count == 1)
        {
            var text = plot.Add.Text(estimate.Corrected.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−'), estimate.Corrected, y);
            (text.Alignment, text.OffsetX, text.LabelFontColor, text.LabelFontSize, text.LabelFontName) = (Alignment.MiddleLeft, 12, colour, 14, PlotFonts.Family);
        }
    }

    private void Label(Plot plot)
    {
        PlotStyle.Dress(plot, Title);
        plot.XLabel($"bias of few observations taken off; grey: chance, with its bias; filled: p ≤ {Significant.ToString(CultureInfo.InvariantCulture)}");
        var heads = Measures.All.Select(m => m.Unit().Length > 0 ? $"{m.Name()} ({m.Unit()})" : m.Name()).ToArray();
        plot.Axes.Left.TickGenerator = new NumericManual([.. heads.Select((head, i) => new Tick(heads.Length - 1 - i, head))]);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { TargetTickCount = 8 };
        plot.Axes.Left.MinimumSize = 230;
        var shown = Links.SelectMany(l => l.Figures).Where(f => f.Estimate.IsKnown).SelectMany(f => (double[])[f.Estimate.Corrected, f.Estimate.Chance]).Append(0).Append(1).ToArray();
        var margin = 0.06 * (shown.Max() - shown.Min());
        plot.Axes.SetLimits(shown.Min() - margin, shown.Max() + (2 * margin), -0.6, heads.Length - 0.4);
        Name(plot);
    }

    private void Name(Plot plot)
    {
        plot.Legend.IsVisible = Links.Count is > 1 and <= 12;
        for (var link = 0; link < Links.Count; link++)
        {
            plot.Legend.ManualItems.Add(new LegendItem
            {
                LabelText = Links[link].Name,
                MarkerShape = MarkerShape.FilledCircle,
                MarkerFillColor = PlotStyle.Colour(link),
                MarkerSize = 10,
            });
        }
    }
}
