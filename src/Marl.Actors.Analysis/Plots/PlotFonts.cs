using ScottPlot;
using SkiaSharp;

namespace Marl.Actors.Analysis.Plots;

/// <summary>
/// Inter (SIL Open Font License, see <c>Fonts/OFL.txt</c>), carried along: a machine without fonts would leave all text out,
/// and pictures are the same everywhere.
/// </summary>
internal sealed class PlotFonts : IFontResolver
{
    /// <summary>The family of all text in plots.</summary>
    public const string Family = "Marl Inter";

    private static readonly Lazy<PlotFonts> Resolver = new(() =>
    {
        var fonts = new PlotFonts();
        ScottPlot.Fonts.FontResolvers.Add(fonts);
        return fonts;
    });

    private readonly Lazy<SKTypeface> regular = new(() => Load("Inter-Regular.otf"));
    private readonly Lazy<SKTypeface> semiBold = new(() => Load("Inter-SemiBold.otf"));

    /// <summary>Makes the family known to ScottPlot, once a process.</summary>
    public static void Register() => _ = Resolver.Value;

    /// <summary>The heavier cut, to be set on a label itself: ScottPlot 5.1 asks resolvers for the normal weight only.</summary>
    public static SKTypeface SemiBold => Resolver.Value.semiBold.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, bold: false, italic: false);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? regular.Value : null;

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PlotFonts).Assembly.GetManifestResourceStream($"Marl.Actors.Analysis.Plots.Fonts.{name}")!;
        return SKTypeface.FromStream(stream);
    }
}
