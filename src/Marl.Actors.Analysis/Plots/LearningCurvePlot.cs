using System.Globalization;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Marl.Actors.Analysis.Plots;

/// <summary>A learning curve as a PNG: mean return against environment steps, a 95 % band, lines to compare with.</summary>
public sealed record LearningCurvePlot
{
    private const int Width = 960;
    private const int Height = 560;
    private const double RightMargin = 0.08; // room for the numbers at the curves' ends, as a fraction of the steps

    /// <summary>What was learned: <c>mappo-spread</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The vertical axis: <c>mean return (team sum)</c>.</summary>
    public string Returns { get; init; } = "mean return";

    /// <summary>The curves, drawn in order.</summary>
    public required Values<LearningCurve> Curves { get; init; }

    /// <summary>Lines to compare with.</summary>
    public Values<ReferenceLine> References { get; init; } = [];

    /// <summary>Draws and writes the picture, whole or not at all.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> Save(string path) => WholeFile.Write(path, Render());

    /// <summary>The PNG's bytes: 1920 × 1120 pixels. The same values give the same picture.</summary>
    public byte[] Render()
    {
        using var plot = PlotStyle.Begin();
        var curves = Curves.Where(c => c.Points.Count > 0).ToArray();
        var right = Math.Max(1, curves.Length == 0 ? 1 : curves.Max(c => c.Points[^1].EnvironmentSteps));
        DrawReferences(plot, right);
        for (var i = 0; i < curves.Length; i++)
        {
            DrawCurve(plot, curves[i], PlotStyle.Colour(i));
        }

        Label(plot, curves);
        Limit(plot, curves, right);
        return PlotStyle.Image(plot, Width, Height);
    }

    private static void DrawCurve(Plot plot, LearningCurve curve, Color colour)
    {
        var banded = curve.Points.Where(p => double.IsFinite(p.Low) && double.IsFinite(p.High)).ToArray();
        if (banded.Length > 1)
        {
            var band = plot.Add.FillY(
                [.. banded.Select(p => (double)p.EnvironmentSteps)], [.. banded.Select(p => p.Low)], [.. banded.Select(p => p.High)]);
            band.FillColor = colour.WithAlpha(0.16);
            band.LineWidth = 0;
        }

        var points = curve.Points.Where(p => double.IsFinite(p.Mean)).ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var line = plot.Add.Scatter(points.Select(p => (double)p.EnvironmentSteps).ToArray(), points.Select(p => p.Mean).ToArray());
        line.Color = colour;
        line.LineWidth = 2.5f;
        line.MarkerSize = points.Length <= 40 ? 6 : 0;
        line.LegendText = curve.Name;

        var last = points[^1];
        var end = plot.Add.Marker(last.EnvironmentSteps, last.Mean, MarkerShape.FilledCircle, 9, colour);
        end.MarkerLineColor = Colors.White;
        end.MarkerLineWidth = 1.5f;
        Write(plot, Number(last.Mean), last.EnvironmentSteps, last.Mean, Alignment.MiddleLeft, colour, 15, isStrong: true).OffsetX = 9;
    }

    private void DrawReferences(Plot plot, double right)
    {
        foreach (var reference in References)
        {
            var line = plot.Add.HorizontalLine(reference.Value, 1.3f, PlotStyle.Muted, LinePattern.Dashed);
            line.EnableAutoscale = true;
            Write(plot, $"{reference.Label} {Number(reference.Value)}", right, reference.Value, Alignment.LowerRight, PlotStyle.Muted, 12.5f).OffsetY = -3;
        }
    }

    private void Label(Plot plot, LearningCurve[] curves)
    {
        PlotStyle.Dress(plot, Title);
        var bands = curves.Select(c => c.Band).Where(b => b.Length > 0).Distinct().ToArray();
        plot.XLabel(bands.Length == 1 ? $"environment steps   (band: {bands[0]})" : "environment steps");
        plot.YLabel(Returns);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = Steps, TargetTickCount = 8 };
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = Number, TargetTickCount = 7 };
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Left.MinimumSize = 70;
        plot.Axes.Right.MinimumSize = 24;
        plot.Axes.Bottom.MaximumSize = 62;
        plot.Grid.XAxisStyle.IsVisible = false;
        var named = curves.Count(c => c.Name.Length > 0);
        plot.Legend.IsVisible = named > 1;
    }

    private void Limit(Plot plot, LearningCurve[] curves, double right)
    {
        var heights = curves
            .SelectMany(c => c.Points).SelectMany(p => (double[])[p.Mean, p.Low, p.High])
            .Concat(References.Select(r => r.Value)).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (heights.Min(), heights.Max());
        var margin = high > low ? 0.07 * (high - low) : 1;
        plot.Axes.SetLimits(-0.012 * right, right * (1 + RightMargin), low - margin, high + (1.4 * margin));
    }

    private static ScottPlot.Plottables.Text Write(
        Plot plot, string words, double x, double y, Alignment alignment, Color colour, float size, bool isStrong = false)
    {
        var text = plot.Add.Text(words, x, y);
        text.Alignment = alignment;
        text.LabelFontColor = colour;
        text.LabelFontSize = size;
        text.LabelFontName = PlotFonts.Family;
        if (isStrong)
        {
            text.LabelStyle.Font = PlotFonts.SemiBold;
        }

        return text;
    }

    private static string Steps(double steps) => Math.Abs(steps) switch
    {
        >= 1e6 => (steps / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (steps / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + " k",
        _ => steps.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture).Replace('-', '−');
}
